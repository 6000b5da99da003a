/** Everything that can go wrong with a request, by a code that never changes. */
export const errorCatalogue = {
  badRequest: { status: 400, message: "the request is not what this address takes" },
  notJson: { status: 400, message: "the body is not JSON" },
  noCredentials: { status: 401, message: "sign in, or send an administrator's token as x-auth-token" },
  wrongCredentials: { status: 401, message: "user name and password do not fit together" },
  forbidden: { status: 403, message: "that is for administrators" },
  notFound: { status: 404, message: "there is no such thing" },
  conflict: { status: 409, message: "there is one of that name already" },
  tooLarge: { status: 413, message: "the body is larger than 64 KiB" },
  lockedOut: { status: 429, message: "too many attempts failed: try again later" },
  internal: { status: 500, message: "the service has a defect; its log has the request's id" },
  storeUnavailable: { status: 503, message: "the store does not answer: try again" },
  identityUnavailable: { status: 503, message: "the identity back-end does not answer: try again" },
} as const satisfies Readonly<Record<string, { readonly status: number; readonly message: string }>>;

export type ErrorCode = keyof typeof errorCatalogue;

/** One mistake of a request. */
export interface ProblemDetail {
  /** `body.user_id` */
  readonly path: string;
  readonly problem: string;
}

/** A request that is answered with a problem. */
export class AuthError extends Error {
  override readonly name = "AuthError";

  constructor(
    readonly code: ErrorCode,
    readonly details?: readonly ProblemDetail[],
    options?: ErrorOptions,
  ) {
    super(errorCatalogue[code].message, options);
  }

  get status(): number {
    return errorCatalogue[this.code].status;
  }
}
