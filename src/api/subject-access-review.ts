import { z } from "zod";

export const SUBJECT_ACCESS_REVIEW_VERSIONS = ["authorization.k8s.io/v1", "authorization.k8s.io/v1beta1"] as const;

const resourceAttributes = z.object({
  namespace: z.string().optional(),
  verb: z.string().optional(),
  group: z.string().optional(),
  version: z.string().optional(),
  resource: z.string().optional(),
  subresource: z.string().optional(),
  name: z.string().optional(),
});

/** What an API server asks that has been told to ask for authorization. v1beta1 says `group` for `groups`. */
export const subjectAccessReviewRequest = z.object({
  apiVersion: z.enum(SUBJECT_ACCESS_REVIEW_VERSIONS).default("authorization.k8s.io/v1"),
  kind: z.literal("SubjectAccessReview").default("SubjectAccessReview"),
  spec: z.object({
    resourceAttributes: resourceAttributes.optional(),
    nonResourceAttributes: z.object({ path: z.string().optional(), verb: z.string().optional() }).optional(),
    user: z.string().optional(),
    groups: z.array(z.string()).optional(),
    group: z.array(z.string()).optional(),
  }),
});
export type SubjectAccessReviewRequest = z.output<typeof subjectAccessReviewRequest>;

export const subjectAccessReviewResponse = z.object({
  apiVersion: z.enum(SUBJECT_ACCESS_REVIEW_VERSIONS),
  kind: z.literal("SubjectAccessReview"),
  status: z.object({
    allowed: z.boolean(),
    denied: z.boolean().optional().describe("Refused whatever others say; without it there is no opinion."),
    reason: z.string().optional(),
  }),
});
