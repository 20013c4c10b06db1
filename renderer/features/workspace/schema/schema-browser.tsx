import type { SchemaTable } from '../../../../exercises/kinds/sql/engine.ts'
import { Button, Chip, CopyButton } from '../../../ui/index.ts'
import { count } from '../results/run-text.ts'
import { PanelEmpty } from '../panel-state.tsx'
import styles from './schema-browser.module.css'

function kindOf(table: SchemaTable): string {
  if (table.rows !== null) return count(table.rows, 'row')
  return table.type
}

/** Tables, columns and indexes as they are now. Names go into the editor at a press. */
export function SchemaBrowser({ schema, onInsert }: { schema: readonly SchemaTable[]; onInsert(name: string): void }) {
  if (schema.length === 0) return <PanelEmpty title="No tables yet">They show here when the data is ready.</PanelEmpty>
  return (
    <div className={styles.browser}>
      {schema.map((table) => (
        <details key={table.name} open className={styles.table}>
          <summary className={styles.summary}>
            <code className={styles.name}>{table.name}</code>
            <span className={styles.quiet}>{kindOf(table)}</span>
            {table.indexes.length > 0 && <span className={styles.quiet}>{count(table.indexes.length, 'index', 'indexes')}</span>}
          </summary>
          <div className={styles.body}>
            <Button size="compact" icon="plus" onClick={() => onInsert(table.name)}>
              Insert {table.name}
            </Button>
            <h3 className={styles.label}>Columns</h3>
            <ul className={styles.list}>
              {table.columns.map((column) => (
                <li key={column.name}>
                  <button type="button" className={styles.insert} onClick={() => onInsert(column.name)} aria-label={`Insert ${column.name}`}>
                    <code>{column.name}</code>
                  </button>
                  <span className={styles.quiet}>{column.type}</span>
                  {column.primaryKey && <Chip>key</Chip>}
                  {column.notNull && !column.primaryKey && <span className={styles.quiet}>not null</span>}
                </li>
              ))}
            </ul>
            {table.indexes.length > 0 && (
              <>
                <h3 className={styles.label}>Indexes</h3>
                <ul className={styles.list}>
                  {table.indexes.map((index) => (
                    <li key={index.name}>
                      <button type="button" className={styles.insert} onClick={() => onInsert(index.name)} aria-label={`Insert ${index.name}`}>
                        <code>{index.name}</code>
                      </button>
                      <code className={styles.quiet}>({index.columns.join(', ')})</code>
                      {index.unique && <Chip>unique</Chip>}
                      {index.partial && <Chip>partial</Chip>}
                    </li>
                  ))}
                </ul>
              </>
            )}
            <details className={styles.create}>
              <summary>How it was created</summary>
              {/* A scrolling area must be reachable by keyboard (WCAG 2.1.1). */}
              {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
              <pre tabIndex={0}>{[table.sql, ...table.indexes.flatMap((index) => (index.sql === null ? [] : [index.sql]))].join(';\n')};</pre>
              <CopyButton size="compact" label="Copy" text={`${table.sql};`} />
            </details>
          </div>
        </details>
      ))}
    </div>
  )
}
