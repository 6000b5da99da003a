import { chromium, type Browser, type BrowserContext } from "playwright-core";

/** Chromium of this machine, without a window. */
export async function launchChromium(): Promise<Browser> {
  const executablePath = process.env["KAAS_CHROMIUM"];
  if (executablePath === undefined) throw new Error("KAAS_CHROMIUM is not set: source the env.sh that setup.sh wrote");
  // As root it has no sandbox; and it must ask nobody but the servers of the tests.
  return chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-background-networking"] });
}

/** A browser as of somebody who has never been here. The authority of the tests is none that it knows. */
export function newVisitor(browser: Browser, colorScheme: "light" | "dark" = "light"): Promise<BrowserContext> {
  return browser.newContext({ ignoreHTTPSErrors: true, colorScheme, locale: "en-GB" });
}
