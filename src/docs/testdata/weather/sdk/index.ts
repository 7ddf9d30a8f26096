export interface ForecastOptions {
  city: string;
  days?: number;
}

export interface Forecast {
  city: string;
  celsius: number[];
}

export class Weather {
  async forecast({ city, days = 1 }: ForecastOptions): Promise<Forecast> {
    const response = await fetch(`${process.env['WEATHER_URL']}/forecast/${encodeURIComponent(city)}`);
    const celsius = (await response.json()) as number[];
    return { city, celsius: celsius.slice(0, days) };
  }
}
