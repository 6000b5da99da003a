// Loaded into a service beside it: at SIGUSR2 it collects the garbage, and writes what memory is taken then.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

process.on("SIGUSR2", () => {
  collectGarbage();
  // What only a finalizer held is free now.
  setImmediate(() => {
    collectGarbage();
    process.stderr.write(`memory ${JSON.stringify(process.memoryUsage())}\n`);
  });
});
