import manifest from '../../package.json';

/** Properties of the settings in the manifest that do not say it themselves. */
type Properties = Readonly<Record<string, unknown>>;

/** The settings of the manifest by their ids, of all groups. */
export function settingProperties<Property>(): Readonly<Record<string, Property>> {
  const groups: readonly { readonly properties: Properties }[] = manifest.contributes.configuration;
  return Object.assign({}, ...groups.map(({ properties }) => properties)) as Readonly<
    Record<string, Property>
  >;
}
