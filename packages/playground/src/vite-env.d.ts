/** The address of the worker's script: see `build/engine.ts`. */
declare module 'virtual:engine' {
  const url: string;
  export default url;
}
