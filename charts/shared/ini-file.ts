type Value = string | number | boolean;

/** Values by key, by section. */
export type IniSections = Readonly<Record<string, Readonly<Record<string, Value>>>>;

/** A file of the syntax that git reads its configuration by. Source: pkg.go.dev/gopkg.in/gcfg.v1 */
export function iniFile(sections: IniSections): string {
  return Object.entries(sections)
    .map(([section, values]) =>
      [`[${section}]`, ...Object.entries(values).map(line)].map((each) => `${each}\n`).join(""),
    )
    .join("\n");
}

/** JSON escapes quotes and backslashes as this syntax does. */
function line([key, value]: [string, Value]): string {
  return `${key} = ${JSON.stringify(value)}`;
}
