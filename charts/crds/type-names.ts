/** Gives every shape a name of its own, and shapes that are equal the same one. */
export class TypeNames {
  private readonly byShape = new Map<string, string>();
  private readonly taken = new Set<string>();

  /**
   * @param shape a text that equal shapes have in common
   * @param candidates names, the best first
   * @returns the name, and whether the shape is new
   */
  name(shape: string, candidates: readonly string[]): { readonly name: string; readonly isNew: boolean } {
    const known = this.byShape.get(shape);
    if (known !== undefined) return { name: known, isNew: false };
    const name =
      candidates.find((candidate) => !this.taken.has(candidate)) ?? this.numbered(candidates.at(-1) ?? "Type");
    this.byShape.set(shape, name);
    this.taken.add(name);
    return { name, isNew: true };
  }

  private numbered(base: string): string {
    let number = 2;
    while (this.taken.has(`${base}${number}`)) number += 1;
    return `${base}${number}`;
  }
}
