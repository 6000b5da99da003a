/** A page of Grafana as data. */
export interface Dashboard {
  /** Part of its address, which people keep: never changed. */
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  /** Which Prometheus it asks until somebody chooses another. @default platform */
  readonly source?: DataSourceName;
  /** What a viewer chooses. @default - nothing */
  readonly variables?: readonly Variable[];
  readonly rows: readonly Row[];
}

/** The two Prometheus. */
export type DataSourceName = "platform" | "customer";

/** Values of a label, all of them until a viewer chooses some: `$name` in expressions. */
export interface Variable {
  readonly name: string;
  readonly title: string;
  readonly label: string;
  /** Series that have the label. */
  readonly of: string;
}

export interface Row {
  readonly title: string;
  readonly panels: readonly Panel[];
}

/** Source: github.com/grafana/grafana, packages/grafana-data, valueFormats */
export type Unit =
  | "short"
  | "none"
  | "percentunit"
  | "bytes"
  | "Bps"
  | "s"
  | "reqps"
  | "ops"
  | "cores"
  | "dateTimeAsIso"
  | "bool_on_off";

export interface Query {
  /** PromQL, with `$variables` and Grafana's `$__rate_interval`. */
  readonly expr: string;
  /** `{{label}}` stands for a label's value. @default - every label */
  readonly legend?: string;
}

interface PanelBase {
  readonly title: string;
  /** @default - the title says it */
  readonly description?: string;
  readonly unit: Unit;
  readonly queries: readonly Query[];
}

/** Lines over time. */
export interface Graph extends PanelBase {
  readonly type: "graph";
  /** Whether lines are summed up. */
  readonly stacked: boolean;
}

/** One number as it is now. */
export interface Stat extends PanelBase {
  readonly type: "stat";
  /** From which value on it is bad, and how bad. @default - it is neither */
  readonly limits?: Limits;
}

/** Series as they are now, a row each. */
export interface Table extends PanelBase {
  readonly type: "table";
}

export type Panel = Graph | Stat | Table;

/** Values that are amber and red: upwards, or downwards when less is worse. */
export interface Limits {
  readonly amber: number;
  readonly red: number;
}

type Options = Partial<Pick<Graph, "description" | "stacked">>;

export function graph(title: string, unit: Unit, queries: Query | readonly Query[], options: Options = {}): Graph {
  return { type: "graph", title, unit, queries: listOf(queries), stacked: false, ...options };
}

export function stat(title: string, unit: Unit, expr: string, limits?: Limits): Stat {
  return { type: "stat", title, unit, queries: [{ expr }], ...(limits !== undefined && { limits }) };
}

export function table(title: string, unit: Unit, expr: string, description?: string): Table {
  return { type: "table", title, unit, queries: [{ expr }], ...(description !== undefined && { description }) };
}

export function query(expr: string, legend?: string): Query {
  return { expr, ...(legend !== undefined && { legend }) };
}

/** The given share of observations of a histogram was below the value. @param by labels beside the bucket's */
export function quantile(share: number, histogram: string, matchers: string, by: readonly string[] = []): string {
  return `histogram_quantile(${share}, sum by (${[...by, "le"].join(", ")}) (rate(${histogram}_bucket{${matchers}}[$__rate_interval])))`;
}

function listOf(queries: Query | readonly Query[]): readonly Query[] {
  return "expr" in queries ? [queries] : queries;
}
