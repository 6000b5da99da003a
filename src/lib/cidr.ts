import ipaddr from "ipaddr.js";

/** An IPv4 network in CIDR notation. Addresses are handled as unsigned 32-bit integers. */
export class Cidr {
  private constructor(
    private readonly base: number,
    readonly prefix: number,
  ) {}

  /** The network that `text` names, or undefined when it is no IPv4 network or has host bits set. */
  static tryParse(text: string): Cidr | undefined {
    if (!ipaddr.IPv4.isValidCIDRFourPartDecimal(text)) return undefined;
    const [address, prefix] = ipaddr.IPv4.parseCIDR(text);
    const value = toNumber(address.octets);
    const cidr = new Cidr(value, prefix);
    return value % cidr.size === 0 ? cidr : undefined;
  }

  /** @throws RangeError for what {@link Cidr.tryParse} refuses: the caller has checked its input */
  static parse(text: string): Cidr {
    const cidr = Cidr.tryParse(text);
    if (cidr === undefined) throw new RangeError(`not an IPv4 network: ${text}`);
    return cidr;
  }

  /** The network that the address stands in; an address alone is a network of one. Undefined for what is neither. */
  static around(address: string): Cidr | undefined {
    const [host = "", prefix = "32"] = address.split("/");
    const text = `${host}/${prefix}`;
    if (!ipaddr.IPv4.isValidCIDRFourPartDecimal(text)) return undefined;
    return Cidr.tryParse(`${ipaddr.IPv4.networkAddressFromCIDR(text).toString()}/${prefix}`);
  }

  /** Number of addresses, network and broadcast address included. */
  get size(): number {
    return 2 ** (32 - this.prefix);
  }

  /** The address at `offset` from the network address; a negative offset counts from the end (-1: broadcast). */
  at(offset: number): string {
    const index = offset < 0 ? this.size + offset : offset;
    if (index < 0 || index >= this.size) {
      throw new RangeError(`${this.toString()} has no address number ${offset}`);
    }
    return toText(this.base + index);
  }

  /** The part number `index` of those that this network is made of, each as long as `prefix` says. */
  part(prefix: number, index: number): Cidr {
    const part = new Cidr(this.base + index * 2 ** (32 - prefix), prefix);
    if (index < 0 || !this.includes(part)) throw new RangeError(`${this.toString()} has no /${prefix} number ${index}`);
    return part;
  }

  overlaps(other: Cidr): boolean {
    return this.base < other.base + other.size && other.base < this.base + this.size;
  }

  /** Whether every address of `other` is one of this network; a network includes itself. */
  includes(other: Cidr): boolean {
    return this.prefix <= other.prefix && this.overlaps(other);
  }

  /** @param address a dotted IPv4 address */
  contains(address: string): boolean {
    const value = toNumber(ipaddr.IPv4.parse(address).octets);
    return value >= this.base && value < this.base + this.size;
  }

  toString(): string {
    return `${toText(this.base)}/${this.prefix}`;
  }
}

function toNumber(octets: readonly number[]): number {
  return octets.reduce((value, octet) => value * 256 + octet, 0);
}

function toText(value: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join(".");
}
