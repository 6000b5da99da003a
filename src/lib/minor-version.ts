/** `1.36` of `1.36.3`, and of a release named after it: `1.36.3-20261101`. */
export function minorOf(version: string): string {
  return version.split(".").slice(0, 2).join(".");
}
