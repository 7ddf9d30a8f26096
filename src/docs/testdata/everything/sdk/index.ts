export interface ForecastOptions {
  city: string;
  days?: number;
}

export interface Forecast {
  city: string;
  celsius: number[];
}

export interface Wind {
  /** In metres per second. */
  speed: number;
  /** Where it comes from. */
  from?: string;
}

export class Weather {
  async forecast({ city, days = 1 }: ForecastOptions): Promise<Forecast> {
    const response = await fetch(`${process.env['WEATHER_URL']}/forecast/${encodeURIComponent(city)}`);
    const celsius = (await response.json()) as number[];
    return { city, celsius: celsius.slice(0, days) };
  }

  /**
   * Says whether to stay inside.
   * @throws no_such_city, TypeError: If nobody measures there.
   */
  alarm(
    city: string,
    wind?: Wind,
  ): { loud: true; level: 'amber' | 'red'; wind?: Wind } | { loud: false; reason: 'calm' | 'unknown' } {
    if (city === '') throw new TypeError('Cannot look: there is no city');
    return wind ? { loud: true, level: wind.speed > 20 ? 'red' : 'amber', wind } : { loud: false, reason: 'calm' };
  }
}
