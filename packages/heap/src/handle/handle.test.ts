import { describe, expect, it } from 'vitest';
import { MiniPython } from '../../test/mini-python.ts';
import { HeapLeak } from '../heap.ts';
import { decref } from '../object/refcount.ts';

describe('handles', () => {
  it('keep their objects alive until they are released', () => {
    const py = new MiniPython();
    const handles = Array.from({ length: 100 }, () => {
      const o = py.alloc(py.str);
      const handle = py.handle(o);
      decref(py, o);
      return handle;
    });
    py.audit({ leaks: true });
    expect(handles.map((handle) => py.refCount(handle.ref))).toEqual(handles.map(() => 1));
    for (const handle of handles) handle.release();
    handles[0]!.release();
    expect(() => handles[0]!.ref).toThrow(TypeError);
    py.audit({ leaks: true });
  });

  it('are released at the end of their block', () => {
    const py = new MiniPython();
    const o = py.alloc(py.str);
    {
      using handle = py.handle(o);
      expect(py.refCount(handle.ref)).toBe(2);
    }
    expect(py.refCount(o)).toBe(1);
  });

  it('that are left are reported when the heap is closed', () => {
    const py = new MiniPython();
    const handle = py.handle(py.none);
    expect(py.handles().map(({ typeName }) => typeName)).toEqual(['NoneType']);
    expect(() => py.close()).toThrow(HeapLeak);
    handle.release();
    py.close();
  });
});
