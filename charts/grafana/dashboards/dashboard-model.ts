/* eslint-disable @typescript-eslint/no-deprecated -- the form that its successor takes is for the API alone: files are of this one */
import {
  BigValueGraphMode,
  LegendDisplayMode,
  LegendPlacement,
  ReduceDataOptionsBuilder,
  SortOrder,
  StackingConfigBuilder,
  StackingMode,
  TooltipDisplayMode,
  VisibilityMode,
  VizLegendOptionsBuilder,
  VizTooltipOptionsBuilder,
} from "@grafana/grafana-foundation-sdk/common";
import {
  DashboardBuilder,
  DashboardCursorSync,
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  RowBuilder,
  ThresholdsConfigBuilder,
  ThresholdsMode,
  VariableRefresh,
  VariableSort,
  type Dashboard as Model,
  type Threshold,
} from "@grafana/grafana-foundation-sdk/dashboard";
import { DataqueryBuilder, PromQueryFormat } from "@grafana/grafana-foundation-sdk/prometheus";
import { PanelBuilder as StatBuilder } from "@grafana/grafana-foundation-sdk/stat";
import { PanelBuilder as TableBuilder } from "@grafana/grafana-foundation-sdk/table";
import { PanelBuilder as GraphBuilder } from "@grafana/grafana-foundation-sdk/timeseries";
import { dataSources } from "../data-sources.js";
import type { Dashboard, Graph, Limits, Panel, Query, Stat, Table, Variable } from "./dashboard.js";

/** The choice of a Prometheus, which every panel follows. */
const SOURCE = { type: "prometheus", uid: "$datasource" };
const TAG = "kaas";

const COLUMNS = 24;
const heights = { graph: 8, stat: 4, table: 9 } as const;

/** A dashboard as Grafana reads it from a file. */
export function dashboardModel({
  uid,
  title,
  description,
  source = "platform",
  variables = [],
  rows,
}: Dashboard): Model {
  const { uid: value, name: text } = dataSources[source];
  const builder = new DashboardBuilder(title)
    .uid(uid)
    .description(description)
    .tags([TAG])
    .readonly()
    .refresh("1m")
    .time({ from: "now-1h", to: "now" })
    .timezone("browser")
    .tooltip(DashboardCursorSync.Crosshair)
    .withVariable(
      new DatasourceVariableBuilder("datasource").label("Prometheus").type("prometheus").current({ text, value }),
    );
  for (const variable of variables) builder.withVariable(choice(variable));
  for (const { title: rowTitle, panels } of rows) {
    builder.withRow(new RowBuilder(rowTitle));
    for (const panel of panels) builder.withPanel(panelOf(panel).span(columnsOf(panel, panels)));
  }
  return builder.build();
}

function choice({ name, title, label, of }: Variable): QueryVariableBuilder {
  return new QueryVariableBuilder(name)
    .label(title)
    .datasource(SOURCE)
    .query(`label_values(${of}, ${label})`)
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.AlphabeticalAsc)
    .multi(true)
    .includeAll(true)
    .allValue(".*")
    .current({ text: "All", value: "$__all" });
}

/** Numbers of a row fill a line: the next panel would else stand beside them and reach over the edge. */
function columnsOf({ type }: Panel, row: readonly Panel[]): number {
  switch (type) {
    case "graph":
      return COLUMNS / 2;
    case "stat":
      return COLUMNS / row.filter((panel) => panel.type === type).length;
    case "table":
      return COLUMNS;
  }
}

function panelOf(panel: Panel): GraphBuilder | StatBuilder | TableBuilder {
  switch (panel.type) {
    case "graph":
      return common(new GraphBuilder(), panel, rangeQuery)
        .fillOpacity(panel.stacked ? 20 : 5)
        .showPoints(VisibilityMode.Never)
        .stacking(new StackingConfigBuilder().mode(panel.stacked ? StackingMode.Normal : StackingMode.None))
        .legend(
          new VizLegendOptionsBuilder()
            .displayMode(LegendDisplayMode.List)
            .placement(LegendPlacement.Bottom)
            .showLegend(true),
        )
        .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort(SortOrder.Descending));
    case "stat":
      return common(new StatBuilder(), panel, nowQuery)
        .graphMode(BigValueGraphMode.None)
        .reduceOptions(new ReduceDataOptionsBuilder().calcs(["lastNotNull"]))
        .thresholds(new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps([...thresholds(panel.limits)]));
    case "table":
      // Columns of time and of what every series has in common say nothing.
      return common(new TableBuilder(), panel, tableQuery).withTransformation({
        id: "organize",
        options: { excludeByName: { Time: true, __name__: true, cluster: true, endpoint: true, container: true } },
      });
  }
}

function common<B extends GraphBuilder | StatBuilder | TableBuilder>(
  builder: B,
  panel: Graph | Stat | Table,
  target: (query: Query) => DataqueryBuilder,
): B {
  builder.title(panel.title).unit(panel.unit).datasource(SOURCE).height(heights[panel.type]);
  if (panel.description !== undefined) builder.description(panel.description);
  panel.queries.forEach((query, index) => builder.withTarget(target(query).refId(String.fromCharCode(65 + index))));
  return builder;
}

function rangeQuery({ expr, legend = "__auto" }: Query): DataqueryBuilder {
  return new DataqueryBuilder().expr(expr).legendFormat(legend).range();
}

function nowQuery({ expr }: Query): DataqueryBuilder {
  return new DataqueryBuilder().expr(expr).instant();
}

function tableQuery(query: Query): DataqueryBuilder {
  return nowQuery(query).format(PromQueryFormat.Table);
}

function thresholds(limits: Limits | undefined): readonly Threshold[] {
  if (limits === undefined) return [{ value: null, color: "text" }];
  const { amber, red } = limits;
  return red < amber
    ? [
        { value: null, color: "red" },
        { value: red, color: "orange" },
        { value: amber, color: "green" },
      ]
    : [
        { value: null, color: "green" },
        { value: amber, color: "orange" },
        { value: red, color: "red" },
      ];
}
