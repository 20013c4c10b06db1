/** The roles of the lab's server. */

/** Whom the learner's sessions belong to. */
export const learnerRole = 'learner'
