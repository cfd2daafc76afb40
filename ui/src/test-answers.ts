/** Answers of a backend that come when a test says so. */
export type Late<Answer> = { call: Promise<Answer>; answer: (value: Answer) => void; refuse: (problem: unknown) => void };

export function late<Answer>(): Late<Answer> {
  let answer: (value: Answer) => void = () => {};
  let refuse: (problem: unknown) => void = () => {};
  const call = new Promise<Answer>((resolve, reject) => {
    answer = resolve;
    refuse = reject;
  });
  return { call, answer, refuse };
}
