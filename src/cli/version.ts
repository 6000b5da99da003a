import manifest from "../../package.json" with { type: "json" };

export const VERSION: string = manifest.version;

export const PRODUCT = { name: "kaasctl", description: manifest.description } as const;
