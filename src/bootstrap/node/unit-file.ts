type Value = string | number | readonly string[];
type Section = Readonly<Record<string, Value>>;

/** A systemd unit: sections of settings; a list repeats its setting. Source: systemd.unit(5) */
export function unitFile(sections: Readonly<Record<string, Section>>): string {
  return Object.entries(sections)
    .map(([name, settings]) => {
      const lines = Object.entries(settings).flatMap(([setting, value]) =>
        (typeof value === "object" ? value : [value]).map((entry) => `${setting}=${entry}\n`),
      );
      return `[${name}]\n${lines.join("")}`;
    })
    .join("\n");
}
