/** A mistake of the user's: printed without a stack trace; the process ends with exit code 2. */
export class UserError extends Error {
  override readonly name = "UserError";

  /** @param remedy what the user can do about it, as a sentence */
  constructor(
    message: string,
    readonly remedy?: string,
  ) {
    super(message);
  }
}
