import { nothing } from 'lit';
import { Directive, directive, type ElementPart } from 'lit/directive.js';

/** Sets properties through the object model: the content security policy forbids style attributes. */
class StyleProperties extends Directive {
  override update(
    { element }: ElementPart,
    [properties]: [Readonly<Record<string, string>>],
  ): typeof nothing {
    const { style } = element as HTMLElement; // it is used on HTML elements only
    for (const [name, value] of Object.entries(properties)) {
      if (style.getPropertyValue(name) !== value) {
        style.setProperty(name, value);
      }
    }
    return nothing;
  }

  /** There is none without a document. */
  render(properties: Readonly<Record<string, string>>): typeof nothing {
    throw new Error(`cannot be rendered to text: ${Object.keys(properties).join(', ')}`);
  }
}

/** Styles an element, which always has the same properties. */
export const styleProperties = directive(StyleProperties);
