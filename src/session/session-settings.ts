import { count } from '../setting-checks';

/** How sessions of people are judged. */
export const sessionSettings = {
  sessionMinutes: {
    names: ['SESSION_MINUTES'],
    unit: 'minutes',
    about:
      'how long a person is taken to be in the application after their session began, unless it is told to have ended',
    check: count(30, 1_440),
  },
} as const;
