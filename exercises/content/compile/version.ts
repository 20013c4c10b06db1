/** Raised when the same sources compile to something else, so that kept results are not reused. */
export const compilerVersion = 4
