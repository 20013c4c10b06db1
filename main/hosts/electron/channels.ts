/** The names that cross between the preload and the host. */
export const callChannel = 'firedrill:call'
export const pushChannel = 'firedrill:push'

/** The window's origin. A standard, secure scheme: it has an origin, fetch and workers, and no network. */
export const appScheme = 'app'
export const appHost = 'firedrill'
export const appOrigin = `${appScheme}://${appHost}`
