import { z } from "zod";

export const MAX_PAGE = 1000;
export const DEFAULT_PAGE = 100;

/** Where a list goes on. Answers are bare arrays: how to go on stands in the headers of {@link pagingHeaders}. */
export const paging = {
  limit: z.coerce.number().int().min(1).max(MAX_PAGE).default(DEFAULT_PAGE).describe("At most so many."),
  after: z.string().max(200).optional().describe("The value of the header `x-next` of the page before."),
};

export const pagingHeaders = {
  /** Value of `after` for the next page; absent on the last. */
  next: "x-next",
  /** RFC 8288: address of the next page. */
  link: "link",
} as const;
