/** Metrics that kubernetes-auth exposes, with their labels. Its alerts and dashboards name them from here. */
export const kubernetesAuthMetrics = {
  /** Counter. Labels: `route` (the pattern), `method`, `code`. */
  requests: "kubernetes_auth_http_requests_total",
  /** Histogram, seconds. Labels: `route`, `method`. */
  requestDuration: "kubernetes_auth_http_request_duration_seconds",
  /** Counter of TokenReviews. Label: `result`, one of `authenticated`, `refused`, `error`. */
  tokenReviews: "kubernetes_auth_token_reviews_total",
  /** Counter of sign-ins. Labels: `backend`, `result` (`success`, `failure`, `error`). */
  signIns: "kubernetes_auth_sign_ins_total",
  /** Gauge: 1 when the store answered last time it was asked. */
  storeUp: "kubernetes_auth_store_up",
  /** Gauge: 1 when the identity back-end answered last time. Label: `backend`. */
  identityBackendUp: "kubernetes_auth_identity_backend_up",
  /** Gauge, seconds: age of the oldest identity that is still served. Label: `backend`. */
  identityAge: "kubernetes_auth_identity_age_seconds",
  /**
   * Gauge: valid tokens that end within the configuration's `tokens.warningDays`; of the same day at most 500 are counted. Every
   * replica tells of all: take `max`.
   */
  tokensExpiring: "kubernetes_auth_tokens_expiring",
} as const;
