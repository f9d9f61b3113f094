// The canvas: states as boxes, transitions and timers as arrows. Drawing an arrow from one box to another makes a
// transition; moving a box writes its place into the document. Everything the mouse does, keys do: see the line below.
import { Background, BackgroundVariant, MarkerType, ReactFlow, ReactFlowProvider, useNodesState, useReactFlow, type Connection, type NodeMouseHandler } from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import { useEffect, useMemo } from 'react';
import type { MachineDocument } from '../../../../model/index.ts';
import type { RuleEdit } from '../../../../rules/index.ts';
import { IconButton, Kbd } from '../../../ui/index.ts';
import { ArrowEdge, type ArrowEdgeType } from './arrow-edge.tsx';
import { graphOf, type MachineGraph, type StateArrow } from './graph-model.ts';
import { addState, addTransition, freeName, moveState, removeState, removeTransition, setTimer } from './machine-edits.ts';
import type { Selection } from './selection.ts';
import { StateNode, type StateNodeType } from './state-node.tsx';
import './machine.css';

export interface MachineGraphProps {
  /** The last document that could be read. */
  readonly document: MachineDocument;
  readonly selection: Selection;
  /** A sentence for a state (`states/idle`) or a transition (`states/idle/on/0`) that has a problem. */
  readonly problemAt: (place: string) => string | null;
  readonly onSelect: (selection: Selection) => void;
  readonly onEdit: (edits: readonly RuleEdit[]) => void;
  readonly readOnly?: boolean;
}

const nodeTypes = { state: StateNode };
const edgeTypes = { arrow: ArrowEdge };
/** What a new transition asks until somebody says more. */
const anyRecord = 'EventName == ""';

export function MachineGraph(props: MachineGraphProps) {
  return <ReactFlowProvider><Canvas {...props} /></ReactFlowProvider>;
}

function Canvas({ document, selection, problemAt, onSelect, onEdit, readOnly = false }: MachineGraphProps) {
  const graph = useMemo(() => graphOf(document), [document]);
  const flow = useReactFlow();
  const wanted = useMemo(() => nodesOf(graph, selection, problemAt, readOnly), [graph, selection, problemAt, readOnly]);
  // Between two documents xyflow keeps what it measured and where a box is being dragged.
  const [nodes, setNodes, onNodesChange] = useNodesState<StateNodeType>([...wanted]);
  useEffect(() => setNodes((before) => wanted.map((node) => ({ ...before.find(({ id }) => id === node.id), ...node }))), [wanted, setNodes]);
  const pick = (arrow: StateArrow) => onSelect(arrow.kind === 'timer' ? { kind: 'timer', state: arrow.from } : { kind: 'transition', state: arrow.from, index: arrow.index });
  const edges = edgesOf(graph, selection, problemAt, pick);

  const create = () => {
    const name = freeName(document);
    onEdit(addState(name, flow.screenToFlowPosition({ x: window.innerWidth / 2 - 200, y: window.innerHeight / 2 })));
    onSelect({ kind: 'state', state: name });
  };
  const connect = ({ source, target }: Connection) => {
    onEdit(addTransition(document, source, { when: anyRecord, to: target }));
    onSelect({ kind: 'transition', state: source, index: document.states[source]?.on?.length ?? 0 });
  };
  const remove = () => {
    if (selection.kind === 'state' && Object.keys(document.states).length > 1) onEdit(removeState(document, selection.state));
    if (selection.kind === 'transition') onEdit(removeTransition(document, selection.state, selection.index));
    if (selection.kind === 'timer') onEdit(setTimer(selection.state, null));
    onSelect({ kind: 'machine' });
  };
  const keys = (event: React.KeyboardEvent) => {
    if (readOnly || event.ctrlKey || event.metaKey || event.altKey || event.target instanceof HTMLInputElement) return;
    const focused = (event.target as HTMLElement).closest<HTMLElement>('.react-flow__node')?.dataset['id'];
    if (event.key === 'Delete' || event.key === 'Backspace') { event.preventDefault(); remove(); }
    if (event.key === 'n' || event.key === 'N') { event.preventDefault(); create(); }
    const from = focused ?? (selection.kind === 'state' ? selection.state : null);
    if ((event.key === 't' || event.key === 'T') && from !== null) { event.preventDefault(); connect({ source: from, target: Object.keys(document.states).find((name) => name !== from) ?? from, sourceHandle: null, targetHandle: null }); }
    if (event.key === 'Enter' && focused !== undefined) onSelect({ kind: 'state', state: focused });
  };
  const clickNode: NodeMouseHandler = (_, node) => onSelect({ kind: 'state', state: node.id });

  return (
    <div className="net-canvas" onKeyDown={keys}>
      <ReactFlow<StateNodeType, ArrowEdgeType> nodes={nodes} edges={edges} nodeTypes={nodeTypes} edgeTypes={edgeTypes} onNodesChange={onNodesChange} onNodeClick={clickNode} onPaneClick={() => onSelect({ kind: 'machine' })}
        onConnect={connect} onNodeDragStop={(_, node) => { if (!samePlace(graph, node)) onEdit(moveState(node.id, node.position)); }} deleteKeyCode={null} selectionKeyCode={null} multiSelectionKeyCode={null}
        nodesDraggable={!readOnly} nodesConnectable={!readOnly} edgesFocusable={false} minZoom={0.3} maxZoom={1.5} fitView fitViewOptions={{ maxZoom: 1, padding: 0.15 }} proOptions={{ hideAttribution: true }} aria-label="Picture of the state machine">
        <Background variant={BackgroundVariant.Dots} gap={16} size={1} className="net-dots" />
      </ReactFlow>
      <div className="net-tools row gap1">{!readOnly && <IconButton icon="plus" size="s" label="Add a state" kbd="N" onClick={create} />}<IconButton icon="zoom" size="s" label="Fit everything in view" onClick={() => void flow.fitView({ maxZoom: 1, padding: 0.15 })} /></div>
      {!readOnly && <p className="net-keys meta t3"><Kbd>Tab</Kbd> next <Kbd>Enter</Kbd> edit <Kbd>T</Kbd> new transition <Kbd>N</Kbd> new state <Kbd>Del</Kbd> remove</p>}
    </div>
  );
}

const samePlace = ({ boxes }: MachineGraph, node: StateNodeType): boolean => boxes.some(({ name, at }) => name === node.id && Math.round(at.x) === Math.round(node.position.x) && Math.round(at.y) === Math.round(node.position.y));

function nodesOf({ boxes }: MachineGraph, selection: Selection, problemAt: MachineGraphProps['problemAt'], readOnly: boolean): readonly StateNodeType[] {
  return boxes.map((box) => ({
    id: box.name, type: 'state', position: { ...box.at }, data: { box, problem: problemAt(`states/${box.name}`) }, selected: selection.kind === 'state' && selection.state === box.name, draggable: !readOnly,
    ariaLabel: `State ${box.name}${box.initial ? ', initial' : ''}${box.timer === null ? '' : `, to ${box.timer}`}${box.actions.length === 0 ? '' : `, starts ${box.actions.join(', ')}`}`,
  }));
}

function edgesOf({ arrows }: MachineGraph, selection: Selection, problemAt: MachineGraphProps['problemAt'], onPick: (arrow: StateArrow) => void): ArrowEdgeType[] {
  const chosen = (arrow: StateArrow) => (arrow.kind === 'timer' ? selection.kind === 'timer' && selection.state === arrow.from : selection.kind === 'transition' && selection.state === arrow.from && selection.index === arrow.index);
  return arrows.map((arrow) => ({
    id: arrow.id, type: 'arrow', source: arrow.from, target: arrow.to, selected: chosen(arrow), focusable: false, data: { arrow, problem: problemAt(`states/${arrow.from}/${arrow.kind === 'timer' ? 'after' : `on/${arrow.index}`}`), onPick },
    markerEnd: { type: MarkerType.ArrowClosed, width: 16, height: 16, color: chosen(arrow) ? 'var(--accent)' : 'var(--text-3)' },
  }));
}
