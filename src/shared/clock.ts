/** The time, as an argument: rules and steps never read the machine's clock themselves. */
export type Clock = () => Date;

export const systemClock: Clock = () => new Date();
