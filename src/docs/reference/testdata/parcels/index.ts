/** A small package with every shape that the reference can describe. */

/** Where a parcel goes. */
export interface Address {
  /** Street and number. */
  street: string;
  /** The country, if it is another one. */
  country?: string;
}

/** How fast a parcel travels. */
export type Speed = 'slow' | 'fast';

/** One key, or several. */
export type Keys = string | readonly string[];

/** A parcel on its way. */
export interface Parcel {
  /** The id of the parcel. */
  id: string;
  /** Where it goes. */
  address: Address;
  /** When it was delivered, if it was. */
  deliveredAt: string | null;
  /** Your own labels. */
  labels: Record<string, string>;
  /** The parcel that this one returns. */
  returnOf?: Parcel;
  /** @internal */
  shard?: number;
}

/** Options of `parcels.send()`. */
export interface SendOptions {
  /** Where the parcel goes. */
  address: Address;
  /** What is in it. */
  items: { name: string; count?: number }[];
  /** How fast it travels. */
  speed?: Speed;
  /** The API keys to try. */
  apiKeys?: Keys | undefined;
  /** Called when the parcel moves. */
  onMove?: (parcel: Parcel) => void;
}

/** The parcel was accepted. */
export interface Accepted<Details extends object = Record<string, unknown>> {
  /** Whether the parcel was accepted. */
  accepted: true;
  /** The parcel. */
  parcel: Parcel;
  /** What the carrier says. */
  details: Details & Address;
  /** The price, in cents. */
  priceCents?: number;
}

/** The parcel was refused. */
export interface Refused {
  /** Whether the parcel was accepted. */
  accepted: false;
  /** Why not. */
  reason: 'too_heavy' | 'no_such_country';
}

/** Sends and finds parcels. */
export class Parcels {
  /** The key. */
  readonly #key: string;

  constructor(key: string) {
    this.#key = key;
  }

  /**
   * Sends a parcel.
   *
   * @throws missing_key, bad_key: The client has no key,
   *   or a wrong one.
   * @throws {TypeError} An option has the wrong type.
   * @throws `too_heavy` if the parcel
   *   cannot be carried.
   */
  async send<Details extends object>(options: SendOptions): Promise<Accepted<Details> | Refused> {
    return { accepted: false, reason: options.items.length > 3 || this.#key ? 'too_heavy' : 'no_such_country' };
  }

  /** Finds the parcel with an id. */
  find(id: string): Parcel | undefined;
  /** Finds all parcels to an address. */
  find(address: Address, limit?: number): Parcel[];
  find(what: string | Address): Parcel | Parcel[] | undefined {
    return typeof what === 'string' ? undefined : [];
  }

  /** Forgets a parcel. */
  async forget({
    id,
  }: {
    /** The parcel to forget. */
    id: string;
  }): Promise<void> {
    if (id === '') throw new TypeError('Cannot forget a parcel: its id is empty, expected one');
  }

  /** @deprecated Call `forget()`. */
  drop(): void {}
}

/** The client. */
export class Post {
  /** Sends and finds parcels. */
  readonly parcels = new Parcels('key');
}

/** The price of a parcel, in cents. */
export function priceOf(grams: number, speed: Speed = 'slow'): number {
  return speed === 'fast' ? grams * 2 : grams;
}
