import { Html, markup, page } from "./page.js";

/** The same whatever was wrong, so that nobody learns who has an account. */
export const WRONG_CREDENTIALS = "User name or password is wrong.";

export function signInPage(fields: {
  readonly action: string;
  /** Of the issuer: users see whom they tell their password. */
  readonly host: string;
  readonly clientName: string;
  readonly username?: string;
  readonly problem?: string;
}): string {
  const { action, host, clientName, username, problem } = fields;
  const [nameFocus, passwordFocus] = username === undefined ? [FOCUS, NOTHING] : [NOTHING, FOCUS];
  return page(
    "Sign in",
    markup`<p>at ${host}, to go on to <strong>${clientName}</strong></p>
${problemOf(problem)}
<form method="post" action="${action}">
<label for="username">User name</label>
<input id="username" name="username" value="${username}" autocomplete="username" autocapitalize="none" spellcheck="false" maxlength="255" required${describedBy(problem)}${nameFocus}>
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" maxlength="1024" required${describedBy(problem)}${passwordFocus}>
<button type="submit">Sign in</button>
<button type="submit" class="other" name="cancel" value="yes" formnovalidate>Cancel</button>
</form>`,
  );
}

/** Where a code is typed that another device shows. */
export function codePage(fields: {
  readonly action: string;
  readonly xsrf: string;
  readonly code?: string;
  readonly problem?: string;
}): string {
  return page(
    "Connect a device",
    markup`<p>Type the code that your device shows.</p>
${problemOf(fields.problem)}
<form method="post" action="${fields.action}">
<input type="hidden" name="xsrf" value="${fields.xsrf}">
<label for="user_code">Code</label>
<input id="user_code" class="code" name="user_code" value="${fields.code}" autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="32" required${describedBy(fields.problem)} autofocus>
<button type="submit">Go on</button>
</form>`,
  );
}

/** For a browser that begins in the middle. */
export function startAgainPage(action: string): string {
  return page(
    "Connect a device",
    markup`<p class="problem" role="alert">That did not work. Cookies of this site must be allowed.</p>
<form method="get" action="${action}">
<button type="submit" autofocus>Start again</button>
</form>`,
  );
}

export function confirmCodePage(fields: {
  readonly action: string;
  readonly xsrf: string;
  readonly code: string;
  readonly clientName: string;
}): string {
  return page(
    "Is this your device?",
    markup`<p><strong>${fields.clientName}</strong> asks to act for you. Your device must show this code:</p>
<p><code>${fields.code}</code></p>
<p>If it shows another one, or somebody sent you here, cancel.</p>
<form method="post" action="${fields.action}">
<input type="hidden" name="xsrf" value="${fields.xsrf}">
<input type="hidden" name="user_code" value="${fields.code}">
<button type="submit" name="confirm" value="yes" autofocus>It is mine: go on</button>
<button type="submit" class="other" name="abort" value="yes">Cancel</button>
</form>`,
  );
}

/** @param form of the library, with what tells that it was shown to this user */
export function signOutPage(form: string, clientName: string | undefined): string {
  const left = clientName === undefined ? NOTHING : markup`<p>You have left <strong>${clientName}</strong>.</p>`;
  return page(
    "Sign out?",
    markup`${left}
${new Html(form)}
<button type="submit" form="op.logoutForm" name="logout" value="yes" autofocus>Sign out everywhere</button>
<button type="submit" form="op.logoutForm" class="other">Stay signed in</button>`,
  );
}

export function messagePage(title: string, text: string): string {
  return page(title, markup`<p>${text}</p>`);
}

/** For a user whom a program has sent here with what cannot be answered. @param problem for those who run the program */
export function refusedPage(problem: string): string {
  return page(
    "That did not work",
    markup`<p>Go back to where you came from, and try again. If it happens again, tell those who run that program:</p>
<p class="problem">${problem}</p>`,
  );
}

const NOTHING = markup``;
const FOCUS = markup` autofocus`;

function describedBy(problem: string | undefined): Html {
  return problem === undefined ? NOTHING : markup` aria-describedby="problem"`;
}

function problemOf(problem: string | undefined): Html {
  return problem === undefined ? NOTHING : markup`<p class="problem" role="alert" id="problem">${problem}</p>`;
}
