-- Questions about a heap too large for one machine's memory, or for people who like SQL: DuckDB (https://duckdb.org).
--
--   moult snapshot -o heap.csv program.py        writes heap.nodes.csv and heap.edges.csv
--   duckdb -init heap.sql                        in the folder of both
--
-- nodes: node, ref, type, bytes, refcount (null: immortal), reachable (0, 1), dominator, retained, label
-- edges: edge, source, target, kind (element, property, key, variable, internal, weak), name
-- Nodes without an object (ref 0) are the root, node 0, and the groups of roots.

CREATE OR REPLACE VIEW nodes AS
  SELECT * FROM read_csv('heap.nodes.csv', header = true, quote = '"', escape = '"', max_line_size = 16777216, columns = {
    'node': 'UINTEGER', 'ref': 'UINTEGER', 'type': 'VARCHAR', 'bytes': 'UBIGINT', 'refcount': 'BIGINT',
    'reachable': 'UTINYINT', 'dominator': 'UINTEGER', 'retained': 'UBIGINT', 'label': 'VARCHAR'});
CREATE OR REPLACE VIEW edges AS
  SELECT * FROM read_csv('heap.edges.csv', header = true, quote = '"', escape = '"', max_line_size = 16777216, columns = {
    'edge': 'UINTEGER', 'source': 'UINTEGER', 'target': 'UINTEGER', 'kind': 'VARCHAR', 'name': 'VARCHAR'});

-- The types that take most memory.
CREATE OR REPLACE VIEW types AS
  SELECT type, count(*) AS objects, sum(bytes) AS bytes FROM nodes WHERE ref <> 0 GROUP BY type ORDER BY bytes DESC;

-- The objects that keep most memory alive, those of Python itself left out.
CREATE OR REPLACE VIEW keepers AS
  SELECT node, type, label, retained FROM nodes WHERE ref <> 0 AND type NOT IN ('module', 'type')
  ORDER BY retained DESC, node;

-- What waits for the collector, by type.
CREATE OR REPLACE VIEW garbage AS
  SELECT type, count(*) AS objects, sum(bytes) AS bytes FROM nodes WHERE ref <> 0 AND reachable = 0
  GROUP BY type ORDER BY bytes DESC;

-- Objects that most others refer to.
CREATE OR REPLACE VIEW referred AS
  SELECT target AS node, any_value(n.type) AS type, any_value(n.label) AS label, count(*) AS referrers
  FROM edges JOIN nodes n ON n.node = target WHERE kind <> 'weak' AND n.refcount IS NOT NULL
  GROUP BY target ORDER BY referrers DESC, target;

-- Counts that are not the number of references found: none, at the end of an instruction.
CREATE OR REPLACE VIEW miscounted AS
  SELECT node, type, label, refcount, found FROM (
    SELECT n.*, (SELECT count(*) FROM edges e WHERE e.target = n.node AND e.kind <> 'weak') AS found FROM nodes n
  ) WHERE ref <> 0 AND refcount IS NOT NULL AND refcount <> found;

-- Equal texts that are kept more than once.
CREATE OR REPLACE VIEW duplicates AS
  SELECT label, count(*) AS objects, sum(bytes) - min(bytes) AS wasted FROM nodes
  WHERE type IN ('str', 'bytes') AND length(label) < 60 GROUP BY label HAVING count(*) > 1 ORDER BY wasted DESC;

-- SELECT * FROM referrers_of(42): who refers to a node, and by which name.
CREATE OR REPLACE MACRO referrers_of(wanted) AS TABLE
  SELECT source, n.type, n.label, kind, name FROM edges JOIN nodes n ON n.node = source WHERE target = wanted;

-- SELECT * FROM way_to(42): a shortest way from the root to a node, step by step.
CREATE OR REPLACE MACRO way_to(wanted) AS TABLE
  WITH RECURSIVE reached(node, depth, path) USING KEY (node) AS (
    SELECT wanted::UINTEGER, 0, []::VARCHAR[]
    UNION
    SELECT e.source, min(r.depth) + 1, arg_min(list_prepend(coalesce(e.name, ''), r.path), r.depth)
    FROM reached r JOIN edges e ON e.target = r.node
    WHERE e.kind <> 'weak' AND r.node <> 0 AND e.source NOT IN (SELECT node FROM recurring.reached)
    GROUP BY e.source
  )
  SELECT depth, path FROM reached WHERE node = 0 ORDER BY depth LIMIT 1;
