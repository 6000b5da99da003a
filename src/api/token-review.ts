import { z } from "zod";

/** Versions of the review that API servers ask in. Source: kubernetes.io/docs/reference/access-authn-authz/webhook */
export const TOKEN_REVIEW_VERSIONS = ["authentication.k8s.io/v1", "authentication.k8s.io/v1beta1"] as const;

/** What an API server asks. Fields that later versions of Kubernetes add are let pass. */
export const tokenReviewRequest = z.object({
  apiVersion: z.enum(TOKEN_REVIEW_VERSIONS).default("authentication.k8s.io/v1beta1"),
  kind: z.literal("TokenReview").default("TokenReview"),
  spec: z.object({
    token: z.string().describe("The bearer token."),
    audiences: z.array(z.string()).max(64).optional().describe("Who the token must be for; one of them is enough."),
  }),
});
export type TokenReviewRequest = z.output<typeof tokenReviewRequest>;

const userInfo = z.object({
  username: z.string(),
  uid: z.string(),
  groups: z.array(z.string()),
  extra: z.record(z.string(), z.array(z.string())).optional(),
});
export type UserInfo = Readonly<z.output<typeof userInfo>>;

export const tokenReviewResponse = z.object({
  apiVersion: z.enum(TOKEN_REVIEW_VERSIONS),
  kind: z.literal("TokenReview"),
  status: z.object({
    authenticated: z.boolean(),
    user: userInfo.optional(),
    audiences: z.array(z.string()).optional(),
    error: z.string().optional().describe("Why a token of ours is refused; API servers do not cache such an answer."),
  }),
});
export type TokenReviewResponse = Readonly<z.output<typeof tokenReviewResponse>>;
