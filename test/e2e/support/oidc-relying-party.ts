import * as client from "openid-client";
import { type OidcBrowser, type Page } from "./oidc-browser.js";
import { approveDevice, typePassword } from "./oidc-pages.js";
import { type OidcClient, type OidcIssuer, type OidcUser } from "./oidc-issuer.js";

export type Tokens = client.TokenEndpointResponse & client.TokenEndpointResponseHelpers;
type Parameters = Readonly<Record<string, string>>;

/** A request that a user is sent to the issuer with, and what its answer is held against. */
export interface Asked {
  readonly url: string;
  readonly checks: client.AuthorizationCodeGrantChecks;
}

/** A client of the issuer by openid-client, which verifies every signature too. */
export class RelyingParty {
  private constructor(
    readonly config: client.Configuration,
    readonly redirectUri: string,
  ) {}

  /** @param authentication how it shows its secret. @default - in the header of HTTP Basic, or not at all */
  static async of(
    issuer: OidcIssuer,
    { id, secret, redirectUris: [redirectUri = ""] = [] }: OidcClient,
    authentication = secret === undefined ? client.None() : client.ClientSecretBasic(secret),
  ): Promise<RelyingParty> {
    const config = await client.discovery(new URL(issuer.url), id, {}, authentication, {
      execute: [client.enableNonRepudiationChecks],
      [client.customFetch]: (url, options) => issuer.fetch(url, options),
    });
    return new RelyingParty(config, redirectUri);
  }

  /** @param changed parameters that differ from the usual; what is empty is left out */
  async ask(changed: Parameters = {}): Promise<Asked> {
    const [pkceCodeVerifier, expectedNonce, expectedState] = [
      client.randomPKCECodeVerifier(),
      client.randomNonce(),
      client.randomState(),
    ];
    const parameters = {
      redirect_uri: this.redirectUri,
      scope: "openid profile groups offline_access",
      code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: "S256",
      nonce: expectedNonce,
      state: expectedState,
      ...changed,
    };
    const kept = Object.entries(parameters).filter(([, value]) => value !== "");
    const url = client.buildAuthorizationUrl(this.config, Object.fromEntries(kept)).href;
    const maxAge = changed["max_age"] === undefined ? {} : { maxAge: Number(changed["max_age"]) };
    const nonce = changed["nonce"] === "" ? {} : { expectedNonce };
    const state = changed["state"] === "" ? {} : { expectedState };
    return { url, checks: { pkceCodeVerifier, ...nonce, ...state, ...maxAge, idTokenExpected: true } };
  }

  /** What the issuer gives for the code that a browser has come back with. */
  redeem({ url }: Page, { checks }: Asked): Promise<Tokens> {
    return client.authorizationCodeGrant(this.config, new URL(url), checks);
  }

  /** Signs a user in by a browser that nobody has signed in with yet. */
  async signIn(browser: OidcBrowser, user: OidcUser, changed: Parameters = {}): Promise<Tokens> {
    const asked = await this.ask(changed);
    return this.redeem(await typePassword(browser, await browser.open(asked.url), user), asked);
  }

  /** Signs in whom the browser knows already. */
  async comeAgain(browser: OidcBrowser, changed: Parameters = {}): Promise<Tokens> {
    const asked = await this.ask(changed);
    return this.redeem(await browser.open(asked.url), asked);
  }

  /** Signs a user in by the device flow, in a browser that may know the user or not. */
  async signInByDevice(browser: OidcBrowser, user: OidcUser): Promise<Tokens> {
    const started = await client.initiateDeviceAuthorization(this.config, {
      scope: "openid profile groups offline_access",
    });
    await approveDevice(browser, started.verification_uri_complete ?? "", user);
    return client.pollDeviceAuthorizationGrant(this.config, started);
  }

  refresh({ refresh_token: token = "" }: Tokens): Promise<Tokens> {
    return client.refreshTokenGrant(this.config, token);
  }
}
