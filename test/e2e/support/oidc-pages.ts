import { formOf, type OidcBrowser, type Page } from "./oidc-browser.js";
import { type OidcUser } from "./oidc-issuer.js";

/** More than the pages of a device: its code, yes, the password. */
const MOST_PAGES = 5;

/** Sends the page of sign-in. */
export function typePassword(browser: OidcBrowser, page: Page, { username, password }: OidcUser): Promise<Page> {
  return browser.submit(page, { username, password });
}

/**
 * Goes through the pages that a device's program sends its user to, until they are over.
 *
 * @param answer the name of the button that is pressed. @default - the first, which says yes
 */
export async function approveDevice(browser: OidcBrowser, url: string, user: OidcUser, answer?: string): Promise<Page> {
  let page = await browser.open(url);
  for (let pages = 0; pages < MOST_PAGES && page.text.includes("<form"); pages += 1) {
    const { inputs, buttons } = formOf(page);
    const button = answer === undefined ? buttons[0] : buttons.find(([name]) => name === answer);
    page = inputs.includes("password")
      ? await typePassword(browser, page, user)
      : await browser.submit(page, button === undefined ? {} : { [button[0]]: button[1] });
  }
  return page;
}
