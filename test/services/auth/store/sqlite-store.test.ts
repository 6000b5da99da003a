import { openStore } from "../../../../src/services/auth/store/open-store.js";
import { describeStore } from "../../../conformance/auth-store.js";

describeStore("SQLite in memory", async () => {
  const store = await openStore({ type: "sqlite", path: ":memory:" });
  return { store, stop: () => store.close() };
});
