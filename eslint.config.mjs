import js from "@eslint/js";
import tseslint from "typescript-eslint";

/** The only places that read the process they run in. */
const entryPoints = ["**/main.ts", "src/cli/generate-docs.ts", "src/{alerting,config}/generate-*.ts"];

export default tseslint.config(
  {
    ignores: [
      "node_modules/",
      "packages/provider-openstack/{lib,dist}/",
      "charts/crds/generated/",
      "build/",
      "cdktf.out/",
      "dist/",
      "coverage/",
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  js.configs.recommended,
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: true },
      ],
      // Numbers read well in texts.
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      // noPropertyAccessFromIndexSignature's taste: what may be absent is written with brackets.
      "@typescript-eslint/dot-notation": "off",
      // `interface` for shapes, `type` for unions: the code says which by itself.
      "@typescript-eslint/consistent-type-definitions": "off",
    },
  },
  {
    files: ["src/**/*.ts", "stacks/**/*.ts", "charts/**/*.ts", "test/**/*.ts"],
    rules: {
      "no-restricted-syntax": [
        "error",
        { selector: "ExportDefaultDeclaration", message: "Export by name: a file is named for what it exports." },
        { selector: "ExportAllDeclaration", message: "Export by name: readers look for where a thing comes from." },
      ],
    },
  },
  {
    files: ["src/**/*.ts", "stacks/**/*.ts", "charts/**/*.ts"],
    ignores: entryPoints,
    rules: {
      "no-console": "error",
      "no-restricted-properties": [
        "error",
        ...["env", "argv", "cwd", "exit", "exitCode"].map((property) => ({
          object: "process",
          property,
          message: "Only a main.ts reads its process, and passes on what others need.",
        })),
        { object: "Date", property: "now", message: "Only a main.ts reads the clock, and passes it on." },
        { object: "Math", property: "random", message: "Pass randomness in." },
      ],
    },
  },
  {
    // Constructs are made for their effect on the tree.
    files: ["src/openstack/**/*.ts", "src/eks/**/*.ts", "stacks/**/*.ts", "charts/**/*.ts", "test/**/*.ts"],
    rules: { "no-new": "off" },
  },
  {
    files: ["**/*.{js,mjs,cjs}"],
    languageOptions: { globals: { process: "readonly", URL: "readonly", console: "readonly" } },
  },
  {
    files: ["**/*.cjs"],
    languageOptions: { sourceType: "commonjs", globals: { module: "writable", require: "readonly" } },
  },
);
