/** Formatting of SQL, loaded when first asked for. */

/** The text laid out, or why it cannot be. Keyword case is kept as the learner writes it. */
export async function formatSql(text: string): Promise<{ ok: true; text: string } | { ok: false; message: string }> {
  const { formatDialect, sqlite } = await import('sql-formatter')
  try {
    return { ok: true, text: formatDialect(text, { dialect: sqlite, tabWidth: 2, keywordCase: 'preserve', linesBetweenQueries: 1 }) }
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n', 1)[0] : String(error)
    return { ok: false, message: `Not formatted: the SQL could not be read (${reason ?? ''}). Your text is unchanged.` }
  }
}
