import { type NodeHost, type Outcome, type RunOptions } from "./node-host.js";
import { type NodeProcess } from "./node-process.js";

/**
 * A unit of a node, run as the node's systemd would run it; in the nodes of the tests there is none. Of a unit's settings
 * it knows those below. Source: systemd.service(5), systemd.exec(5)
 */
export class NodeUnit {
  private readonly settings: ReadonlyMap<string, readonly string[]>;

  constructor(
    private readonly node: NodeHost,
    readonly name: string,
  ) {
    this.settings = settingsOf(node.readFile(`/etc/systemd/system/${name}`));
  }

  /** The setting's lines, in order. */
  values(setting: string): readonly string[] {
    return this.settings.get(setting) ?? [];
  }

  /** What is done before the program starts. Resolves to the first failure, or to how the last command ended. */
  async prepare(options: RunOptions = {}): Promise<Outcome> {
    return this.runAll(this.values("ExecStartPre"), options);
  }

  /** Of a unit of type oneshot: all of it. */
  async run(options: RunOptions = {}): Promise<Outcome> {
    return this.runAll([...this.values("ExecStartPre"), ...this.values("ExecStart")], options);
  }

  /** The program itself, which goes on. It writes to {@link logFile}. */
  start(): NodeProcess {
    const [command, ...args] = this.words(this.values("ExecStart")[0] ?? "");
    return this.node.start(command, args, this.logFile, this.environment());
  }

  get logFile(): string {
    return `/var/log/${this.name}.log`;
  }

  private async runAll(lines: readonly string[], options: RunOptions): Promise<Outcome> {
    let outcome: Outcome = { code: 0, stdout: "", stderr: "" };
    for (const line of lines) {
      const [command, ...args] = this.words(line.replace(/^-/, ""));
      const environment = { ...this.environment(), ...options.environment };
      outcome = await this.node.attempt(command, args, { ...options, environment });
      if (outcome.code !== 0 && !line.startsWith("-")) return outcome;
    }
    return outcome;
  }

  private words(line: string): [string, ...string[]] {
    const environment = this.environment();
    const substitute = (word: string) =>
      word.replace(/\$\{(\w+)\}/g, (_reference, variable: string) => environment[variable] ?? "");
    const [command, ...args] = line.split(/\s+/).map(substitute);
    if (command === undefined || command === "") throw new Error(`${this.name} runs nothing`);
    return [command, ...args];
  }

  private environment(): Readonly<Record<string, string>> {
    return Object.assign(
      {},
      ...this.values("EnvironmentFile").map((path) => environmentOf(this.node.readFile(path))),
    ) as Record<string, string>;
  }
}

function settingsOf(text: string): ReadonlyMap<string, readonly string[]> {
  const settings = new Map<string, string[]>();
  for (const line of text.split("\n")) {
    const [, name, value] = /^(\w+)=(.*)$/.exec(line) ?? [];
    if (name === undefined || value === undefined) continue;
    settings.set(name, [...(settings.get(name) ?? []), value]);
  }
  return settings;
}

/** A file of variables as systemd reads it. */
export function environmentOf(text: string): Readonly<Record<string, string>> {
  const lines = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return Object.fromEntries(
    lines.map((line) => {
      const at = line.indexOf("=");
      return [line.slice(0, at), line.slice(at + 1).replace(/^(["'])(.*)\1$/, "$2")];
    }),
  );
}
