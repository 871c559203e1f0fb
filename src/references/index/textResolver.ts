import type { CodeFile, CodeReference } from '../../hub/codeReferences';
import { CandidateScanner } from '../find/candidateScanner';
import { NamespaceTable } from '../find/namespaceTable';
import type { FileReference, Interest, SourceText } from '../reference';
import type { Outcome } from './outcome';

/** Finds the references in one text. */
export type Resolve = (source: SourceText, interest: Interest) => Promise<readonly FileReference[]>;

export interface TextResolverOptions {
  readonly resolve: Resolve;
  /** Called when a text cannot be evaluated, with its path. It counts as unreadable. */
  readonly onError: (path: string, error: unknown) => void;
}

/** Finds the references to repositories of certain namespaces in one text after the other. */
export class TextResolver {
  readonly namespaces: ReadonlySet<string>;
  readonly #table: NamespaceTable;
  readonly #options: TextResolverOptions;

  constructor(namespaces: ReadonlySet<string>, options: TextResolverOptions) {
    this.namespaces = namespaces;
    this.#table = new NamespaceTable(namespaces);
    this.#options = options;
  }

  createScanner(): CandidateScanner {
    return new CandidateScanner(this.#table);
  }

  async resolve(file: CodeFile, source: SourceText): Promise<Outcome> {
    try {
      const found = await this.#options.resolve(source, {
        hasNamespace: (namespace) => this.namespaces.has(namespace),
      });
      return found.map((reference): CodeReference => ({ ...reference, file }));
    } catch (error) {
      this.#options.onError(file.path, error);
      return 'unreadable';
    }
  }
}
