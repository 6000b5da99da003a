#!/usr/bin/env node
// kaasctl from a checkout: its TypeScript runs as it stands, whatever the working directory.
import { fileURLToPath } from "node:url";
import { register } from "tsx/esm/api";

register({ tsconfig: fileURLToPath(new URL("../tsconfig.json", import.meta.url)) });
await import("../src/cli/main.ts");
