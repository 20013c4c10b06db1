import { Component } from 'react'
import type { ErrorInfo, ReactNode } from 'react'
import { Button, ErrorState } from '../ui/index.ts'
import { StoreContext } from './data.ts'
import { reportText } from './report.ts'

interface Props {
  /** Where it happened, as in "The sidebar". */
  region: string
  /** A change of this clears the error: another screen gets a fresh start. */
  resetKey?: string
  children: ReactNode
}
interface State {
  error: Error | null
  stack: string
  resetKey: string | undefined
}

/** Keeps a bug in one region from taking the others down. */
export class ErrorBoundary extends Component<Props, State> {
  static override contextType = StoreContext
  declare context: React.ContextType<typeof StoreContext>
  override state: State = { error: null, stack: '', resetKey: this.props.resetKey }

  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { error: error instanceof Error ? error : new Error(String(error)) }
  }

  static getDerivedStateFromProps(props: Props, state: State): Partial<State> | null {
    return props.resetKey === state.resetKey ? null : { error: null, stack: '', resetKey: props.resetKey }
  }

  override componentDidCatch(error: unknown, info: ErrorInfo): void {
    console.error(`${this.props.region} failed`, error)
    this.setState({ stack: info.componentStack ?? '' })
  }

  override render(): ReactNode {
    const { error, stack } = this.state
    if (error === null) return this.props.children
    const details = reportText(this.context?.get().info ?? null, `${this.props.region}: ${error.message}\n${error.stack ?? ''}\n${stack}`)
    return (
      <div style={{ padding: 'var(--space-24)' }}>
        <ErrorState
          title={`${this.props.region} stopped working`}
          message="Your progress is safe: it is kept as you work. Draw this part again; if it fails again, copy the details into a report."
          details={details}
          action={
            <Button variant="main" onClick={() => this.setState({ error: null, stack: '' })}>
              Draw it again
            </Button>
          }
        />
      </div>
    )
  }
}
