// Where the servers of the tests listen: the demo world; a stand-in for GitHub; a tracker that reads it.
export const demo = "127.0.0.1:3999";
export const tracked = "127.0.0.1:3998";
export const github = "127.0.0.1:3997";

/** Signs what the stand-in tells the tracker. */
export const webhookSecret = "secret-of-the-browser-tests";
