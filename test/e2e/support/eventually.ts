/** What `attempt` resolves to, once it does; fails as it last did when that takes too long. */
export async function eventually<T>(attempt: () => Promise<T>, timeoutSeconds = 30): Promise<T> {
  const deadline = process.hrtime.bigint() + BigInt(timeoutSeconds) * 1_000_000_000n;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (process.hrtime.bigint() > deadline) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
