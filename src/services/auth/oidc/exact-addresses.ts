import type Provider from "oidc-provider";

/** The library's class of clients, as far as it is used here. */
interface Clients {
  readonly prototype: Addresses & {
    redirectUriAllowed: (this: Addresses, address: string) => boolean;
    postLogoutRedirectUriAllowed: (this: Addresses, address: string) => boolean;
  };
}
interface Addresses {
  readonly redirectUris: readonly string[];
  readonly postLogoutRedirectUris: readonly string[];
}

const LOOPBACK_PORT = /^(http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])):\d+(?=[/?#]|$)/;

/**
 * Takes the addresses of clients letter by letter, where the library takes what comes to the same. The port alone of a program's
 * own machine may differ, where the library lets it. Source: RFC 9700, section 2.1; RFC 8252, section 7.3.
 */
export function compareAddressesExactly(provider: Provider): void {
  const { prototype } = provider.Client as unknown as Clients;
  const { redirectUriAllowed, postLogoutRedirectUriAllowed } = prototype;
  prototype.redirectUriAllowed = function (address) {
    const isKnown = this.redirectUris.some((known) => withoutPort(known) === withoutPort(address));
    return isKnown && redirectUriAllowed.call(this, address);
  };
  prototype.postLogoutRedirectUriAllowed = function (address) {
    return this.postLogoutRedirectUris.includes(address) && postLogoutRedirectUriAllowed.call(this, address);
  };
}

function withoutPort(address: string): string {
  return address.replace(LOOPBACK_PORT, "$1");
}
