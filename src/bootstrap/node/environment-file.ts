/** What bash takes between quotes; what systemd and docker read as it is stands without them. */
const PLAIN = /^[A-Za-z0-9_@%+=:,./-]*$/;

/**
 * Variables as bash and systemd read them, a line each. Values with other characters are quoted.
 *
 * @throws Error for a value that bash would not take literally
 */
export function environmentFile(variables: Readonly<Record<string, string>>): string {
  return Object.entries(variables)
    .map(([name, value]) => {
      if (PLAIN.test(value)) return `${name}=${value}\n`;
      if (/["$`\\\n]/.test(value)) throw new Error(`${name}: ${JSON.stringify(value)} cannot be quoted`);
      return `${name}="${value}"\n`;
    })
    .join("");
}
