/** What a process of kaasctl ends with. Scripts rely on these: a number never changes its meaning. */
export const exitCodes = {
  ok: 0,
  failure: 1,
  mistake: 2,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** For the reference. */
export const exitCodeMeanings: Readonly<Record<ExitCode, string>> = {
  0: "it worked",
  1: "something failed that is no mistake of yours: a fault of kaasctl, of the machine or of a cloud",
  2: "a mistake to correct: a wrong command line or a faulty bootstrap.yaml; nothing was written",
};
