<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>CellWords</name>
    <message>
        <source>no adapter</source>
        <translation>无适配器</translation>
    </message>
    <message>
        <source>plain LoRA, rank %1</source>
        <translation>普通 LoRA，秩 %1</translation>
    </message>
    <message numerus="yes">
        <source>%n expert(s)</source>
        <translation>
            <numerusform>%n 个专家</numerusform>
        </translation>
    </message>
    <message>
        <source>rank %1</source>
        <translation>秩 %1</translation>
    </message>
    <message>
        <source>ranks %1</source>
        <translation>秩 %1</translation>
    </message>
    <message>
        <source>%1, %2, top-%3</source>
        <translation>%1，%2，top-%3</translation>
    </message>
</context>
<context>
    <name>Numbers</name>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 小时 %2 分</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 分</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 (%2–%3)</source>
        <translation>%1（%2–%3）</translation>
    </message>
</context>
<context>
    <name>StrategyHelp</name>
    <message>
        <source>&lt;p&gt;A row is a layer, a column a linear module. “4 × r8” means four LoRA experts of rank 8 with a router; “8 8 4 2” four experts of different ranks; “1 × r8” plain LoRA without a router; “–” no adapter.&lt;/p&gt;</source>
        <translation>&lt;p&gt;一行是一层，一列是一个线性模块。“4 × r8”表示带路由的四个秩为 8 的 LoRA 专家；“8 8 4 2”表示四个不同秩的专家；“1 × r8”表示没有路由的普通 LoRA；“–”表示没有适配器。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>&lt;p&gt;&lt;b&gt;Generate&lt;/b&gt; with a strategy: its map is shown small before you apply it, and locked cells stay.&lt;/p&gt;</source>
        <translation>&lt;p&gt;&lt;b&gt;生成&lt;/b&gt;：用策略生成；应用前会显示缩略图，锁定的单元格保持不变。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>&lt;p&gt;&lt;b&gt;Next:&lt;/b&gt; “Queue run…” trains this map; Compare shows what it gained.&lt;/p&gt;</source>
        <translation>&lt;p&gt;&lt;b&gt;下一步：&lt;/b&gt;“加入队列…”训练此分配图；“比较”页显示其效果。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Strategies</source>
        <translation>策略</translation>
    </message>
    <message>
        <source>&lt;p&gt;&lt;b&gt;Edit&lt;/b&gt; by typing into a cell, by Alt+Up and Alt+Down (ranks; with Shift: experts) or Ctrl and the wheel, by painting, by filling rows and columns, by pasting cells of a spreadsheet or MoLA’s list of one number a layer. Ctrl+L locks cells, Delete empties them. Everything can be undone; the history is a list.&lt;/p&gt;</source>
        <translation>&lt;p&gt;&lt;b&gt;编辑&lt;/b&gt;：在单元格中输入；用 Alt+上/下（秩；加 Shift 为专家数）或 Ctrl 加滚轮；涂抹；填充行和列；粘贴电子表格单元格，或 MoLA 的每层一个数的列表。Ctrl+L 锁定单元格，Delete 清空。一切都可撤销；历史是一个列表。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>&lt;p&gt;&lt;b&gt;The numbers&lt;/b&gt; below the grid are exact: an expert of rank r costs r × (input + output) parameters, its router one row of the input’s width for each expert (Gao et al. 2024, arXiv 2402.08562, table 1). Memory and time are estimates from the project’s newest run settings.&lt;/p&gt;</source>
        <translation>&lt;p&gt;网格下方的&lt;b&gt;数字&lt;/b&gt;是精确的：秩为 r 的专家需要 r ×（输入 + 输出）个参数，路由为每个专家增加一行输入宽度的参数（Gao 等 2024，arXiv 2402.08562，表 1）。内存和时间是按项目最新运行设置的估计。&lt;/p&gt;</translation>
    </message>
</context>
<context>
    <name>hilo::AllocationDelegate</name>
    <message>
        <source>Experts and ranks of %1</source>
        <translation>%1 的专家和秩</translation>
    </message>
    <message>
        <source>4 x r8, a rank for each expert (8 8 4 2), or - for no adapter</source>
        <translation>4 x r8、每个专家一个秩（8 8 4 2），或 - 表示没有适配器</translation>
    </message>
</context>
<context>
    <name>hilo::AllocationDocument</name>
    <message>
        <source>Lock cells</source>
        <translation>锁定单元格</translation>
    </message>
    <message>
        <source>Unlock cells</source>
        <translation>解锁单元格</translation>
    </message>
    <message>
        <source>Rename to %1</source>
        <translation>重命名为 %1</translation>
    </message>
</context>
<context>
    <name>hilo::AllocationModel</name>
    <message>
        <source>Layer %1: %2 trainable parameters</source>
        <translation>第 %1 层：%2 个可训练参数</translation>
    </message>
    <message>
        <source>Layer %1, %2: %3
%4 trainable parameters</source>
        <translation>第 %1 层，%2：%3
%4 个可训练参数</translation>
    </message>
    <message>
        <source>In %1: %2</source>
        <translation>在 %1 中：%2</translation>
    </message>
    <message>
        <source>Signal: %1</source>
        <translation>信号：%1</translation>
    </message>
    <message>
        <source>Signal: not measured</source>
        <translation>信号：未测量</translation>
    </message>
    <message>
        <source>Locked: generating and painting leave it as it is.</source>
        <translation>已锁定：生成和涂抹都不会改变它。</translation>
    </message>
    <message>
        <source>Changed since the map was saved.</source>
        <translation>自上次保存后已更改。</translation>
    </message>
    <message>
        <source>Layer %1, %2: %3</source>
        <translation>第 %1 层，%2：%3</translation>
    </message>
    <message>
        <source>trainable per layer</source>
        <translation>每层可训练</translation>
    </message>
    <message>
        <source>Ranks of layer %1 %2</source>
        <translation>第 %1 层 %2 的秩</translation>
    </message>
    <message>
        <source>%1 is %2 × %3: a rank can be at most %4.</source>
        <translation>%1 为 %2 × %3：秩最大为 %4。</translation>
    </message>
</context>
<context>
    <name>hilo::AllocationPage</name>
    <message>
        <source>&amp;New map</source>
        <translation>新建分配图(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Duplicate map</source>
        <translation>复制分配图(&amp;D)</translation>
    </message>
    <message>
        <source>Re&amp;name map…</source>
        <translation>重命名分配图(&amp;N)…</translation>
    </message>
    <message>
        <source>&amp;Open map…</source>
        <translation>打开分配图(&amp;O)…</translation>
    </message>
    <message>
        <source>&amp;Save map</source>
        <translation>保存分配图(&amp;S)</translation>
    </message>
    <message>
        <source>Save map &amp;as…</source>
        <translation>分配图另存为(&amp;A)…</translation>
    </message>
    <message>
        <source>&amp;Close map</source>
        <translation>关闭分配图(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Import CSV…</source>
        <translation>导入 CSV(&amp;I)…</translation>
    </message>
    <message>
        <source>&amp;Export CSV…</source>
        <translation>导出 CSV(&amp;E)…</translation>
    </message>
    <message>
        <source>C&amp;opy cells</source>
        <translation>复制单元格(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Paste cells</source>
        <translation>粘贴单元格(&amp;P)</translation>
    </message>
    <message>
        <source>Copy experts per layer as &amp;MoLA takes them</source>
        <translation>按 MoLA 的格式复制每层专家数(&amp;M)</translation>
    </message>
    <message>
        <source>Paint selection</source>
        <translation>涂抹所选</translation>
    </message>
    <message>
        <source>Fill row</source>
        <translation>填充行</translation>
    </message>
    <message>
        <source>Fill column</source>
        <translation>填充列</translation>
    </message>
    <message>
        <source>Fill selection down</source>
        <translation>向下填充所选</translation>
    </message>
    <message>
        <source>Fill selection to the right</source>
        <translation>向右填充所选</translation>
    </message>
    <message>
        <source>Larger ranks</source>
        <translation>增大秩</translation>
    </message>
    <message>
        <source>Smaller ranks</source>
        <translation>减小秩</translation>
    </message>
    <message>
        <source>One expert more</source>
        <translation>增加一个专家</translation>
    </message>
    <message>
        <source>One expert less</source>
        <translation>减少一个专家</translation>
    </message>
    <message>
        <source>&amp;Lock or unlock cells</source>
        <translation>锁定或解锁单元格(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Remove adapters</source>
        <translation>移除适配器(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Queue run…</source>
        <translation>将运行加入队列(&amp;Q)…</translation>
    </message>
    <message>
        <source>Opened %1 in a tab of its own.</source>
        <translation>已在新标签页中打开 %1。</translation>
    </message>
    <message>
        <source>new map</source>
        <translation>新分配图</translation>
    </message>
    <message>
        <source>%1 copy</source>
        <translation>%1 副本</translation>
    </message>
    <message>
        <source>Rename map</source>
        <translation>重命名分配图</translation>
    </message>
    <message>
        <source>Name of the map</source>
        <translation>分配图名称</translation>
    </message>
    <message>
        <source>Open a map</source>
        <translation>打开分配图</translation>
    </message>
    <message>
        <source>Maps (*.map.json *.json)</source>
        <translation>分配图 (*.map.json *.json)</translation>
    </message>
    <message>
        <source>Opened %1</source>
        <translation>已打开 %1</translation>
    </message>
    <message>
        <source>Import a table</source>
        <translation>导入表格</translation>
    </message>
    <message>
        <source>Tables (*.csv *.tsv *.txt)</source>
        <translation>表格 (*.csv *.tsv *.txt)</translation>
    </message>
    <message>
        <source>Imported %1</source>
        <translation>已导入 %1</translation>
    </message>
    <message>
        <source>Export as a table</source>
        <translation>导出为表格</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>表格 (*.csv)</translation>
    </message>
    <message>
        <source>Exported %1</source>
        <translation>已导出 %1</translation>
    </message>
    <message>
        <source>Save map</source>
        <translation>保存分配图</translation>
    </message>
    <message>
        <source>Maps (*.map.json)</source>
        <translation>分配图 (*.map.json)</translation>
    </message>
    <message>
        <source>Saved %1</source>
        <translation>已保存 %1</translation>
    </message>
    <message>
        <source>Close map</source>
        <translation>关闭分配图</translation>
    </message>
    <message>
        <source>“%1” was changed and not saved.</source>
        <translation>“%1”已更改但未保存。</translation>
    </message>
    <message>
        <source>Allocation</source>
        <translation>分配</translation>
    </message>
    <message>
        <source>Open maps</source>
        <translation>打开的分配图</translation>
    </message>
    <message>
        <source>+ New map</source>
        <translation>+ 新分配图</translation>
    </message>
    <message>
        <source>Open an empty map in a tab of its own (Ctrl+T)</source>
        <translation>在新标签页中打开空分配图（Ctrl+T）</translation>
    </message>
    <message>
        <source>New map</source>
        <translation>新建分配图</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Take the last change back (Ctrl+Z)</source>
        <translation>撤回上一次更改（Ctrl+Z）</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Make the change again that was taken back (Ctrl+Shift+Z)</source>
        <translation>重新执行撤回的更改（Ctrl+Shift+Z）</translation>
    </message>
    <message>
        <source>Paint</source>
        <translation>涂抹</translation>
    </message>
    <message>
        <source>While this is on, dragging over cells gives them the experts and the rank beside it; Ctrl+B gives them to the selection at any time</source>
        <translation>开启时，拖过单元格会赋予旁边设置的专家数和秩；Ctrl+B 可随时应用到所选单元格</translation>
    </message>
    <message>
        <source>experts </source>
        <translation>专家 </translation>
    </message>
    <message>
        <source>Experts to paint</source>
        <translation>涂抹的专家数</translation>
    </message>
    <message>
        <source>Experts that painting gives to a cell; 0 takes the adapter away</source>
        <translation>涂抹赋予单元格的专家数；0 表示移除适配器</translation>
    </message>
    <message>
        <source>rank </source>
        <translation>秩 </translation>
    </message>
    <message>
        <source>Rank to paint</source>
        <translation>涂抹的秩</translation>
    </message>
    <message>
        <source>Rank of each painted expert</source>
        <translation>每个涂抹专家的秩</translation>
    </message>
    <message>
        <source>Give the current cell&apos;s experts and ranks to its whole layer</source>
        <translation>将当前单元格的专家和秩应用到整层</translation>
    </message>
    <message>
        <source>Give the current cell&apos;s experts and ranks to its module in every layer</source>
        <translation>将当前单元格的专家和秩应用到各层的同一模块</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>锁定</translation>
    </message>
    <message>
        <source>Keep the selected cells as they are when a strategy is applied; again unlocks (Ctrl+L)</source>
        <translation>应用策略时保持所选单元格不变；再按一次解锁（Ctrl+L）</translation>
    </message>
    <message>
        <source>Colour by</source>
        <translation>着色依据</translation>
    </message>
    <message>
        <source>What the colour of a cell shows; the scale is below the map</source>
        <translation>单元格颜色的含义；色标在图下方</translation>
    </message>
    <message>
        <source>Difference to</source>
        <translation>与之比较</translation>
    </message>
    <message>
        <source>Shows the sum of ranks minus that of another open map</source>
        <translation>显示秩总和减去另一张打开的分配图的秩总和</translation>
    </message>
    <message>
        <source>as opened</source>
        <translation>打开时</translation>
    </message>
    <message>
        <source>History of changes</source>
        <translation>更改历史</translation>
    </message>
    <message>
        <source>Every change of this map; choose one to go back to it</source>
        <translation>此图的每次更改；选择一项即可返回</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史</translation>
    </message>
    <message>
        <source>Open a project or a model on the start page (Ctrl+1); config.json alone is enough to plan.</source>
        <translation>请在开始页（Ctrl+1）打开项目或模型；仅有 config.json 也可以规划。</translation>
    </message>
    <message>
        <source>no difference</source>
        <translation>不比较</translation>
    </message>
    <message>
        <source>%1, not saved yet</source>
        <translation>%1，尚未保存</translation>
    </message>
    <message>
        <source>minus %1</source>
        <translation>减去 %1</translation>
    </message>
    <message>
        <source>colour: sum of ranks</source>
        <translation>颜色：秩总和</translation>
    </message>
    <message>
        <source>colour: experts</source>
        <translation>颜色：专家</translation>
    </message>
    <message>
        <source>colour: parameters</source>
        <translation>颜色：参数</translation>
    </message>
    <message>
        <source>colour: %1</source>
        <translation>颜色：%1</translation>
    </message>
    <message>
        <source>sum of ranks %1</source>
        <translation>秩总和 %1</translation>
    </message>
    <message>
        <source>equal</source>
        <translation>相等</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>未测量</translation>
    </message>
    <message>
        <source>no adapter</source>
        <translation>无适配器</translation>
    </message>
    <message>
        <source>Generate %1</source>
        <translation>生成 %1</translation>
    </message>
    <message numerus="yes">
        <source>%n cell(s) changed.</source>
        <translation>
            <numerusform>更改了 %n 个单元格。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n locked cell(s) stayed.</source>
        <translation>
            <numerusform>%n 个锁定的单元格保持不变。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hilo::AllocationView</name>
    <message>
        <source>Allocation map: a row for each layer, a column for each module</source>
        <translation>分配图：每层一行，每个模块一列</translation>
    </message>
    <message>
        <source>There is nothing to paste.</source>
        <translation>没有可粘贴的内容。</translation>
    </message>
    <message>
        <source>The list has %1 numbers, but the model has %2 layers.</source>
        <translation>列表有 %1 个数，但模型有 %2 层。</translation>
    </message>
    <message>
        <source>Layer %1: at most 256 experts are possible in one module.</source>
        <translation>第 %1 层：一个模块最多 256 个专家。</translation>
    </message>
    <message>
        <source>Paste experts per layer</source>
        <translation>粘贴每层专家数</translation>
    </message>
    <message>
        <source>%1 × %2 cells do not fit from here on.</source>
        <translation>%1 × %2 个单元格从此处放不下。</translation>
    </message>
    <message numerus="yes">
        <source>Paste %n cell(s)</source>
        <translation>
            <numerusform>粘贴 %n 个单元格</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n cell(s) were left: the rank is above the module&apos;s width.</source>
        <translation>
            <numerusform>%n 个单元格未改变：秩超过模块宽度。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n locked cell(s) were left as they are.</source>
        <translation>
            <numerusform>%n 个锁定的单元格保持原样。</numerusform>
        </translation>
    </message>
    <message>
        <source>Fill down</source>
        <translation>向下填充</translation>
    </message>
    <message>
        <source>Fill right</source>
        <translation>向右填充</translation>
    </message>
    <message>
        <source>Fill layer %1</source>
        <translation>填充第 %1 层</translation>
    </message>
    <message>
        <source>Fill %1</source>
        <translation>填充 %1</translation>
    </message>
    <message numerus="yes">
        <source>Paint %n cell(s)</source>
        <translation>
            <numerusform>涂抹 %n 个单元格</numerusform>
        </translation>
    </message>
    <message>
        <source>Spin cells</source>
        <translation>微调单元格</translation>
    </message>
    <message>
        <source>Remove adapters</source>
        <translation>移除适配器</translation>
    </message>
    <message>
        <source>Paint cells</source>
        <translation>涂抹单元格</translation>
    </message>
</context>
<context>
    <name>hilo::CellInspector</name>
    <message>
        <source>Ranks</source>
        <translation>秩</translation>
    </message>
    <message>
        <source>4 x r8, a rank for each expert (8 8 4 2), or - for no adapter; Enter sets it</source>
        <translation>4 x r8、每个专家一个秩（8 8 4 2），或 - 表示没有适配器；按回车确定</translation>
    </message>
    <message>
        <source>Experts</source>
        <translation>专家</translation>
    </message>
    <message>
        <source>Experts of each selected cell; a new one gets the last rank</source>
        <translation>每个所选单元格的专家数；新专家取最后一个秩</translation>
    </message>
    <message>
        <source>Rank</source>
        <translation>秩</translation>
    </message>
    <message>
        <source>The same rank for every expert of the selected cells</source>
        <translation>所选单元格的每个专家使用相同的秩</translation>
    </message>
    <message>
        <source>mixed</source>
        <translation>不一</translation>
    </message>
    <message>
        <source>Top-k</source>
        <translation>Top-k</translation>
    </message>
    <message>
        <source>Experts that one token uses</source>
        <translation>一个词元使用的专家数</translation>
    </message>
    <message>
        <source>α</source>
        <translation>α</translation>
    </message>
    <message>
        <source>LoRA alpha: the update is scaled by α / rank</source>
        <translation>LoRA alpha：更新按 α / 秩 缩放</translation>
    </message>
    <message>
        <source>Facts about the cell</source>
        <translation>单元格信息</translation>
    </message>
    <message>
        <source>Over depth</source>
        <translation>随深度变化</translation>
    </message>
    <message>
        <source>Signal over depth</source>
        <translation>信号随深度变化</translation>
    </message>
    <message>
        <source>A signal of the complexity profile, layer by layer</source>
        <translation>复杂度剖面中的一个信号，逐层显示</translation>
    </message>
    <message>
        <source>Experts of the selection</source>
        <translation>所选的专家数</translation>
    </message>
    <message>
        <source>Rank of the selection</source>
        <translation>所选的秩</translation>
    </message>
    <message>
        <source>Top-k of the selection</source>
        <translation>所选的 Top-k</translation>
    </message>
    <message>
        <source>α of the selection</source>
        <translation>所选的 α</translation>
    </message>
    <message>
        <source>No cell selected</source>
        <translation>未选择单元格</translation>
    </message>
    <message>
        <source>Layer %1 · %2</source>
        <translation>第 %1 层 · %2</translation>
    </message>
    <message numerus="yes">
        <source>%n cells</source>
        <translation>
            <numerusform>%n 个单元格</numerusform>
        </translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>%1 + %2 router</source>
        <translation>%1 + %2 路由</translation>
    </message>
    <message>
        <source>Active per token</source>
        <translation>每词元激活</translation>
    </message>
    <message>
        <source>Ranks in all</source>
        <translation>秩总和</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>形状</translation>
    </message>
    <message>
        <source>%1 → %2</source>
        <translation>%1 → %2</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>locked</source>
        <translation>已锁定</translation>
    </message>
    <message>
        <source>changed, not saved</source>
        <translation>已更改，未保存</translation>
    </message>
    <message>
        <source>as saved</source>
        <translation>与保存一致</translation>
    </message>
    <message>
        <source>layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>%1 of each layer; the dashed line is the selected layer</source>
        <translation>每层的 %1；虚线为所选层</translation>
    </message>
    <message>
        <source>Ranks of the selection</source>
        <translation>所选的秩</translation>
    </message>
    <message numerus="yes">
        <source>%n cell(s) were left: the rank is above the module&apos;s width.</source>
        <translation>
            <numerusform>%n 个单元格未改变：秩超过模块宽度。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hilo::ComparisonChart</name>
    <message>
        <source>Accuracy against parameters, with the Pareto front</source>
        <translation>准确率与参数量，含帕累托前沿</translation>
    </message>
    <message>
        <source>accuracy (%)</source>
        <translation>准确率 (%)</translation>
    </message>
    <message>
        <source>Pareto front</source>
        <translation>帕累托前沿</translation>
    </message>
    <message>
        <source>On the Pareto front: nothing is both smaller and more accurate.</source>
        <translation>位于帕累托前沿：没有比它更小且更准确的。</translation>
    </message>
</context>
<context>
    <name>hilo::ExpertLoadView</name>
    <message>
        <source>Share of tokens that each expert of each layer gets</source>
        <translation>每层每个专家获得的词元份额</translation>
    </message>
    <message>
        <source>Expert loads appear here once a run with routed experts has trained some steps.</source>
        <translation>带路由专家的运行训练若干步后，专家负载会显示在这里。</translation>
    </message>
    <message>
        <source>expert</source>
        <translation>专家</translation>
    </message>
    <message>
        <source>Layer %1; an equal share is %2</source>
        <translation>第 %1 层；均等份额为 %2</translation>
    </message>
    <message>
        <source>expert %1: %2 of the chosen slots</source>
        <translation>专家 %1：所选槽位的 %2</translation>
    </message>
</context>
<context>
    <name>hilo::HelpDialog</name>
    <message>
        <source>Explanation</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>About the page “%1”</source>
        <translation>关于“%1”页</translation>
    </message>
</context>
<context>
    <name>hilo::MainWindow</name>
    <message>
        <source>HILO Workbench</source>
        <translation>HILO Workbench</translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation>检查器</translation>
    </message>
    <message>
        <source>Opening %1 …</source>
        <translation>正在打开 %1 …</translation>
    </message>
    <message>
        <source>Show the page “%1”</source>
        <translation>显示“%1”页</translation>
    </message>
    <message>
        <source>Unsaved maps</source>
        <translation>未保存的分配图</translation>
    </message>
    <message>
        <source>Maps were changed and not saved. Open another project anyway?</source>
        <translation>分配图已更改但未保存。仍要打开其他项目吗？</translation>
    </message>
    <message>
        <source>Copying the sample project to %1 …</source>
        <translation>正在将示例项目复制到 %1 …</translation>
    </message>
    <message numerus="yes">
        <source>%1, %n layer(s)</source>
        <translation>
            <numerusform>%1，%n 层</numerusform>
        </translation>
    </message>
    <message>
        <source>no model</source>
        <translation>无模型</translation>
    </message>
    <message>
        <source>%1 — HILO Workbench</source>
        <translation>%1 — HILO Workbench</translation>
    </message>
    <message>
        <source>Opened %1</source>
        <translation>已打开 %1</translation>
    </message>
    <message>
        <source>Base: %1</source>
        <translation>基座：%1</translation>
    </message>
    <message>
        <source>%1, %2 %</source>
        <translation>%1，%2 %</translation>
    </message>
    <message>
        <source>Running: %1</source>
        <translation>正在运行：%1</translation>
    </message>
    <message>
        <source>Maps were changed and not saved. Quit anyway?</source>
        <translation>分配图已更改但未保存。仍要退出吗？</translation>
    </message>
    <message>
        <source>About HILO Workbench</source>
        <translation>关于 HILO Workbench</translation>
    </message>
    <message>
        <source>&lt;h3&gt;HILO Workbench %1&lt;/h3&gt;&lt;p&gt;Fine-tune language models with a mixture of LoRA experts whose number and ranks follow the layers.&lt;/p&gt;&lt;p&gt;Free software under the GNU General Public License, version 3 or later.&lt;/p&gt;</source>
        <translation>&lt;h3&gt;HILO Workbench %1&lt;/h3&gt;&lt;p&gt;用 LoRA 专家混合微调语言模型，专家数量和秩随层而变。&lt;/p&gt;&lt;p&gt;自由软件，遵循 GNU 通用公共许可证第 3 版或更新版本。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Preferences…</source>
        <translation>首选项(&amp;P)…</translation>
    </message>
    <message>
        <source>&amp;Go</source>
        <translation>转到(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Explain this page</source>
        <translation>解释此页(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;About HILO Workbench</source>
        <translation>关于 HILO Workbench(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;New project…</source>
        <translation>新建项目(&amp;N)…</translation>
    </message>
    <message>
        <source>&amp;Open folder…</source>
        <translation>打开文件夹(&amp;O)…</translation>
    </message>
    <message>
        <source>Open &amp;GGUF file…</source>
        <translation>打开 GGUF 文件(&amp;G)…</translation>
    </message>
    <message>
        <source>&amp;Recent</source>
        <translation>最近(&amp;R)</translation>
    </message>
    <message>
        <source>Open &amp;sample project</source>
        <translation>打开示例项目(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>Runs in the queue go on without the window.</source>
        <translation>队列中的运行在关闭窗口后仍会继续。</translation>
    </message>
    <message>
        <source>Nothing yet</source>
        <translation>暂无</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>主题(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Larger text</source>
        <translation>放大文字(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Smaller text</source>
        <translation>缩小文字(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Inspector</source>
        <translation>检查器(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Keep this layout</source>
        <translation>保留此布局(&amp;K)</translation>
    </message>
    <message>
        <source>The layout is kept; “Back to the kept layout” restores it.</source>
        <translation>布局已保留；“恢复保留的布局”可将其恢复。</translation>
    </message>
    <message>
        <source>&amp;Back to the kept layout</source>
        <translation>恢复保留的布局(&amp;B)</translation>
    </message>
    <message>
        <source>No layout was kept yet.</source>
        <translation>尚未保留布局。</translation>
    </message>
    <message>
        <source>&amp;Reset layout</source>
        <translation>重置布局(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;As the system</source>
        <translation>跟随系统(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>浅色(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>深色(&amp;D)</translation>
    </message>
</context>
<context>
    <name>hilo::MapLegend</name>
    <message>
        <source>Colour scale</source>
        <translation>色标</translation>
    </message>
    <message>
        <source>%1: dark is %2, light is %3</source>
        <translation>%1：深色为 %2，浅色为 %3</translation>
    </message>
</context>
<context>
    <name>hilo::MapPicture</name>
    <message>
        <source>Picture of an allocation map</source>
        <translation>分配图缩略图</translation>
    </message>
    <message>
        <source>Sum of ranks by layer (layer 0 on top) and module; lighter is more</source>
        <translation>按层（第 0 层在上）和模块的秩总和；越亮越大</translation>
    </message>
    <message>
        <source>no map</source>
        <translation>无分配图</translation>
    </message>
</context>
<context>
    <name>hilo::MapSummary</name>
    <message>
        <source>Active per token</source>
        <translation>每词元激活</translation>
    </message>
    <message>
        <source>Adapter parameters that one token uses: the top-k largest experts of each module, and the routers</source>
        <translation>一个词元使用的适配器参数：每个模块最大的 top-k 个专家和路由</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Similar run</source>
        <translation>相似运行</translation>
    </message>
    <message>
        <source>Save map</source>
        <translation>保存分配图</translation>
    </message>
    <message>
        <source>Write this map into the project (Ctrl+S)</source>
        <translation>将此分配图写入项目（Ctrl+S）</translation>
    </message>
    <message>
        <source>Queue run…</source>
        <translation>加入队列…</translation>
    </message>
    <message>
        <source>Train this map: choose steps, seeds and data</source>
        <translation>训练此分配图：选择步数、种子和数据</translation>
    </message>
    <message>
        <source>Parameters that training changes: A and B of all experts, and the routers</source>
        <translation>训练会改变的参数：所有专家的 A 和 B，以及路由</translation>
    </message>
    <message>
        <source>Trainable parameters</source>
        <translation>可训练参数</translation>
    </message>
    <message>
        <source>budget, e.g. 1.5M</source>
        <translation>预算，例如 1.5M</translation>
    </message>
    <message>
        <source>Budget of trainable parameters</source>
        <translation>可训练参数预算</translation>
    </message>
    <message>
        <source>At most this many trainable parameters: 1500000, 1.5M or 80k; strategies keep to it</source>
        <translation>可训练参数上限：1500000、1.5M 或 80k；策略会遵守</translation>
    </message>
    <message>
        <source>Share of the budget</source>
        <translation>预算占比</translation>
    </message>
    <message>
        <source>Trainable %1</source>
        <translation>可训练 %1</translation>
    </message>
    <message>
        <source>Estimated peak of training: weights %1, adapters, gradients and optimiser %2, activations %3, working space %4, program %5.
%6</source>
        <translation>训练峰值估计：权重 %1，适配器、梯度和优化器 %2，激活 %3，工作空间 %4，程序 %5。
%6</translation>
    </message>
    <message>
        <source>≈ %1</source>
        <translation>≈ %1</translation>
    </message>
    <message>
        <source>Estimated time of training at %1 tokens/s.
%2</source>
        <translation>按 %1 词元/秒估计的训练时间。
%2</translation>
    </message>
    <message>
        <source>Known once this project has settings for a run and their rows were measured.
%1</source>
        <translation>项目有运行设置并测量其数据行后才可知。
%1</translation>
    </message>
    <message>
        <source>not a number</source>
        <translation>不是数字</translation>
    </message>
    <message>
        <source>no budget</source>
        <translation>无预算</translation>
    </message>
    <message>
        <source>over by %1</source>
        <translation>超出 %1</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>剩余 %1</translation>
    </message>
    <message>
        <source>%1 of the budget</source>
        <translation>预算的 %1</translation>
    </message>
    <message>
        <source>No budget is set.</source>
        <translation>未设置预算。</translation>
    </message>
    <message>
        <source>No finished run of this project is within a factor of three of this map&apos;s trainable parameters.</source>
        <translation>本项目没有可训练参数与此图相差三倍以内的已完成运行。</translation>
    </message>
    <message>
        <source>Accuracy of the finished runs whose trainable parameters are nearest:</source>
        <translation>可训练参数最接近的已完成运行的准确率：</translation>
    </message>
    <message>
        <source>%1: %2, %3 trainable</source>
        <translation>%1：%2，%3 可训练</translation>
    </message>
</context>
<context>
    <name>hilo::MetricChart</name>
    <message>
        <source>Wheel: zoom over steps. Drag: move. Double click: everything.</source>
        <translation>滚轮：按步缩放。拖动：移动。双击：显示全部。</translation>
    </message>
    <message>
        <source>step</source>
        <translation>步</translation>
    </message>
    <message>
        <source>Chart of %1 over steps</source>
        <translation>%1 随步数变化图</translation>
    </message>
</context>
<context>
    <name>hilo::ModelPage</name>
    <message>
        <source>scalar</source>
        <translation>标量</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>&lt;p&gt;The base model, whose weights stay frozen in training.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Parameters&lt;/b&gt; lists the linear modules that adapters can be put on. One unit of rank in a module costs its input plus its output width; that is the currency of every allocation map (Hu et al. 2021, arXiv 2106.09685, section 4).&lt;/p&gt;&lt;p&gt;&lt;b&gt;Memory&lt;/b&gt; is what the weights alone need in each precision. What training adds depends on the map and is shown on the page Allocation.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Tensors&lt;/b&gt; are listed as the files hold them, without reading their values. Hugging Face folders (config.json and safetensors) and GGUF files are read; pickled files are refused, because loading one runs the code inside it.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Next:&lt;/b&gt; look at the data (Ctrl+3), measure complexity (Ctrl+4), or plan a map (Ctrl+5).&lt;/p&gt;</source>
        <translation>&lt;p&gt;基座模型，其权重在训练中保持冻结。&lt;/p&gt;&lt;p&gt;&lt;b&gt;参数&lt;/b&gt;列出可以放置适配器的线性模块。模块中一单位秩的代价是其输入加输出宽度；这是每张分配图的“货币”（Hu 等 2021，arXiv 2106.09685，第 4 节）。&lt;/p&gt;&lt;p&gt;&lt;b&gt;内存&lt;/b&gt;是仅权重在各精度下所需的量。训练增加的部分取决于分配图，显示在“分配”页。&lt;/p&gt;&lt;p&gt;&lt;b&gt;张量&lt;/b&gt;按文件中的顺序列出，不读取数值。可读取 Hugging Face 文件夹（config.json 和 safetensors）与 GGUF 文件；拒绝 pickle 文件，因为加载会执行其中的代码。&lt;/p&gt;&lt;p&gt;&lt;b&gt;下一步：&lt;/b&gt;查看数据（Ctrl+3）、测量复杂度（Ctrl+4）或规划分配图（Ctrl+5）。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>This could not be opened</source>
        <translation>无法打开</translation>
    </message>
    <message>
        <source>Architecture</source>
        <translation>架构</translation>
    </message>
    <message>
        <source>Memory of the weights</source>
        <translation>权重内存</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>Parameters of each module</source>
        <translation>各模块参数</translation>
    </message>
    <message>
        <source>Search tensors</source>
        <translation>搜索张量</translation>
    </message>
    <message>
        <source>Search tensors by name</source>
        <translation>按名称搜索张量</translation>
    </message>
    <message>
        <source>Any part of a tensor&apos;s name, for example layers.3 or q_proj</source>
        <translation>张量名称的任意部分，例如 layers.3 或 q_proj</translation>
    </message>
    <message>
        <source>Tensors</source>
        <translation>张量</translation>
    </message>
    <message>
        <source>No model is open</source>
        <translation>未打开模型</translation>
    </message>
    <message>
        <source>Open a project, a model folder or a .gguf file on the start page (Ctrl+1).</source>
        <translation>请在开始页（Ctrl+1）打开项目、模型文件夹或 .gguf 文件。</translation>
    </message>
    <message>
        <source>The project&apos;s model could not be opened</source>
        <translation>无法打开项目的模型</translation>
    </message>
    <message>
        <source>Looking at the model …</source>
        <translation>正在查看模型 …</translation>
    </message>
    <message>
        <source>The model could not be read</source>
        <translation>无法读取模型</translation>
    </message>
    <message>
        <source>Family</source>
        <translation>系列</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>层数</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>宽度</translation>
    </message>
    <message>
        <source>%1, MLP %2</source>
        <translation>%1，MLP %2</translation>
    </message>
    <message>
        <source>Attention</source>
        <translation>注意力</translation>
    </message>
    <message>
        <source>%1 heads of %2, %3 for keys and values</source>
        <translation>%1 个头，每个 %2，键值用 %3 个</translation>
    </message>
    <message>
        <source>Vocabulary</source>
        <translation>词表</translation>
    </message>
    <message>
        <source>%1 tokens</source>
        <translation>%1 个词元</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>上下文</translation>
    </message>
    <message>
        <source>%1 positions</source>
        <translation>%1 个位置</translation>
    </message>
    <message>
        <source>float32</source>
        <translation>float32</translation>
    </message>
    <message>
        <source>bfloat16</source>
        <translation>bfloat16</translation>
    </message>
    <message>
        <source>8 bit</source>
        <translation>8 位</translation>
    </message>
    <message>
        <source>4 bit</source>
        <translation>4 位</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>另有 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>stored as %1</source>
        <translation>存储为 %1</translation>
    </message>
    <message numerus="yes">
        <source>%n tensor(s), %1</source>
        <translation>
            <numerusform>%n 个张量，%1</numerusform>
        </translation>
    </message>
    <message>
        <source>module</source>
        <translation>模块</translation>
    </message>
    <message>
        <source>input</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>output</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>one unit of rank</source>
        <translation>每单位秩</translation>
    </message>
    <message>
        <source>one layer</source>
        <translation>单层</translation>
    </message>
    <message>
        <source>all layers</source>
        <translation>所有层</translation>
    </message>
    <message>
        <source>share of model</source>
        <translation>占模型比例</translation>
    </message>
    <message>
        <source>norms</source>
        <translation>归一化</translation>
    </message>
    <message>
        <source>embedding</source>
        <translation>嵌入</translation>
    </message>
    <message>
        <source>positions</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>final norm</source>
        <translation>最终归一化</translation>
    </message>
    <message>
        <source>output head</source>
        <translation>输出头</translation>
    </message>
    <message>
        <source>name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>shape</source>
        <translation>形状</translation>
    </message>
    <message>
        <source>size</source>
        <translation>大小</translation>
    </message>
    <message numerus="yes">
        <source>%n tensor(s)</source>
        <translation>
            <numerusform>%n 个张量</numerusform>
        </translation>
    </message>
    <message>
        <source>This folder has no weights: planning works, training does not.</source>
        <translation>此文件夹没有权重：可以规划，不能训练。</translation>
    </message>
    <message>
        <source>No tensor has “%1” in its name.</source>
        <translation>没有名称包含“%1”的张量。</translation>
    </message>
    <message>
        <source>%1 of %2 tensors</source>
        <translation>%1 / %2 个张量</translation>
    </message>
</context>
<context>
    <name>hilo::NavigationRail</name>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>No project</source>
        <translation>无项目</translation>
    </message>
    <message>
        <source>Memory in use of this computer</source>
        <translation>本机已用内存</translation>
    </message>
    <message>
        <source>Queue: empty</source>
        <translation>队列：空</translation>
    </message>
    <message>
        <source>Queue: %1 running, %2 waiting</source>
        <translation>队列：%1 个运行中，%2 个等待</translation>
    </message>
    <message>
        <source>Memory %1 of %2</source>
        <translation>内存 %1 / %2</translation>
    </message>
</context>
<context>
    <name>hilo::NewProjectDialog</name>
    <message>
        <source>New project</source>
        <translation>新建项目</translation>
    </message>
    <message>
        <source>1. &amp;Model</source>
        <translation>1. 模型(&amp;M)</translation>
    </message>
    <message>
        <source>Hugging Face folder (config.json, safetensors) or .gguf file; it stays where it is</source>
        <translation>Hugging Face 文件夹（config.json、safetensors）或 .gguf 文件；保留在原处</translation>
    </message>
    <message>
        <source>GGUF models (*.gguf)</source>
        <translation>GGUF 模型 (*.gguf)</translation>
    </message>
    <message>
        <source>2. &amp;Data</source>
        <translation>2. 数据(&amp;D)</translation>
    </message>
    <message>
        <source>Folder with train and test files, or one JSONL, JSON, CSV, TSV or text file; may be chosen later</source>
        <translation>包含训练和测试文件的文件夹，或单个 JSONL、JSON、CSV、TSV 或文本文件；可稍后选择</translation>
    </message>
    <message>
        <source>Data (*.jsonl *.json *.csv *.tsv *.txt)</source>
        <translation>数据 (*.jsonl *.json *.csv *.tsv *.txt)</translation>
    </message>
    <message>
        <source>Name of the project</source>
        <translation>项目名称</translation>
    </message>
    <message>
        <source>How the project is called</source>
        <translation>项目的名称</translation>
    </message>
    <message>
        <source>3. &amp;Name</source>
        <translation>3. 名称(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Place</source>
        <translation>位置(&amp;P)</translation>
    </message>
    <message>
        <source>The folder in which the project&apos;s folder is made</source>
        <translation>在其中创建项目文件夹的文件夹</translation>
    </message>
    <message>
        <source>Create project</source>
        <translation>创建项目</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Folder…</source>
        <translation>文件夹…</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>选择文件夹</translation>
    </message>
    <message>
        <source>File…</source>
        <translation>文件…</translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation>选择文件</translation>
    </message>
    <message>
        <source>Looking at the model …</source>
        <translation>正在查看模型 …</translation>
    </message>
    <message numerus="yes">
        <source>%1, %n layer(s), %2 parameters</source>
        <translation>
            <numerusform>%1，%n 层，%2 个参数</numerusform>
        </translation>
    </message>
    <message>
        <source>no weights: enough to plan, not to train</source>
        <translation>没有权重：可以规划，不能训练</translation>
    </message>
    <message>
        <source>There is nothing at this path.</source>
        <translation>此路径下没有内容。</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) in this folder</source>
        <translation>
            <numerusform>此文件夹中有 %n 个文件</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hilo::PreferencesDialog</name>
    <message>
        <source>Preferences</source>
        <translation>首选项</translation>
    </message>
    <message>
        <source>Projects</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Where new projects are made</source>
        <translation>新项目的创建位置</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Where choosing a model starts</source>
        <translation>选择模型的起始位置</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Light, dark, or as the desktop is</source>
        <translation>浅色、深色或跟随桌面</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>主题(&amp;T)</translation>
    </message>
    <message>
        <source>Font size</source>
        <translation>字号</translation>
    </message>
    <message>
        <source>Of all text, in points (Ctrl++ and Ctrl+-)</source>
        <translation>所有文字的字号，单位磅（Ctrl++ 和 Ctrl+-）</translation>
    </message>
    <message>
        <source> pt</source>
        <translation> 磅</translation>
    </message>
    <message>
        <source>&amp;Font size</source>
        <translation>字号(&amp;F)</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Of the interface, from the next start on</source>
        <translation>界面语言，下次启动时生效</translation>
    </message>
    <message>
        <source>The language changes with the next start of the program.</source>
        <translation>语言将在下次启动程序时更改。</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>语言(&amp;L)</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Choose the folder: %1</source>
        <translation>选择文件夹：%1</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>线程</translation>
    </message>
    <message>
        <source>Processor threads of new runs and profiles; “measured” tries out what is fastest on this computer</source>
        <translation>新运行和剖面使用的处理器线程；“自动测量”会试出本机最快的数量</translation>
    </message>
    <message>
        <source>measured</source>
        <translation>自动测量</translation>
    </message>
    <message>
        <source>T&amp;hreads</source>
        <translation>线程(&amp;H)</translation>
    </message>
</context>
<context>
    <name>hilo::StartPage</name>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>&lt;p&gt;Open a project, a Hugging Face model folder or a .gguf file; or drop one on this window.&lt;/p&gt;&lt;p&gt;&lt;b&gt;A project&lt;/b&gt; is one folder: it names a model and data and holds allocation maps, complexity profiles and every run that was trained with them. It can be moved or copied as a whole.&lt;/p&gt;&lt;p&gt;&lt;b&gt;A model alone&lt;/b&gt; is enough to look at its architecture and to plan an allocation; config.json is all that planning needs.&lt;/p&gt;&lt;p&gt;&lt;b&gt;The sample project&lt;/b&gt; opens at once: a small base model and a real task, the classes of WordNet glosses (Princeton WordNet 3.0).&lt;/p&gt;&lt;p&gt;&lt;b&gt;Next:&lt;/b&gt; the pages on the left follow the order of the work. Ctrl+1 to Ctrl+9 show them, F1 explains each, F9 hides and shows the inspector.&lt;/p&gt;</source>
        <translation>&lt;p&gt;打开项目、Hugging Face 模型文件夹或 .gguf 文件；也可拖放到此窗口。&lt;/p&gt;&lt;p&gt;&lt;b&gt;项目&lt;/b&gt;是一个文件夹：它指定模型和数据，并保存分配图、复杂度剖面以及用它们训练的每次运行。可以整体移动或复制。&lt;/p&gt;&lt;p&gt;&lt;b&gt;仅有模型&lt;/b&gt;就足以查看架构和规划分配；规划只需要 config.json。&lt;/p&gt;&lt;p&gt;&lt;b&gt;示例项目&lt;/b&gt;可立即打开：一个小型基座模型和一个真实任务——WordNet 释义分类（Princeton WordNet 3.0）。&lt;/p&gt;&lt;p&gt;&lt;b&gt;下一步：&lt;/b&gt;左侧页面按工作顺序排列。Ctrl+1 到 Ctrl+9 切换页面，F1 解释每一页，F9 隐藏或显示检查器。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>HILO Workbench</source>
        <translation>HILO Workbench</translation>
    </message>
    <message>
        <source>Fine-tune language models with a mixture of LoRA experts whose number and ranks follow the layers.</source>
        <translation>用 LoRA 专家混合微调语言模型，专家数量和秩随层而变。</translation>
    </message>
    <message>
        <source>Open sample project</source>
        <translation>打开示例项目</translation>
    </message>
    <message>
        <source>The sample project was not found beside the program.</source>
        <translation>在程序旁未找到示例项目。</translation>
    </message>
    <message>
        <source>New project…</source>
        <translation>新建项目…</translation>
    </message>
    <message>
        <source>Choose a model, data and a name</source>
        <translation>选择模型、数据和名称</translation>
    </message>
    <message>
        <source>Open folder…</source>
        <translation>打开文件夹…</translation>
    </message>
    <message>
        <source>A project, or a model folder with config.json</source>
        <translation>项目，或包含 config.json 的模型文件夹</translation>
    </message>
    <message>
        <source>Open GGUF file…</source>
        <translation>打开 GGUF 文件…</translation>
    </message>
    <message>
        <source>A model in one file, as llama.cpp uses them</source>
        <translation>单文件模型，即 llama.cpp 使用的格式</translation>
    </message>
    <message>
        <source>Recent projects and models</source>
        <translation>最近的项目和模型</translation>
    </message>
    <message>
        <source>Nothing yet. What you open will be listed here; you can also drop a folder or a .gguf file on this window.</source>
        <translation>暂无。打开的内容会列在这里；也可以将文件夹或 .gguf 文件拖放到此窗口。</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>最近</translation>
    </message>
    <message>
        <source>%1 is not there any more.</source>
        <translation>%1 已不存在。</translation>
    </message>
    <message>
        <source>Open a project or a model folder</source>
        <translation>打开项目或模型文件夹</translation>
    </message>
    <message>
        <source>Open a model</source>
        <translation>打开模型</translation>
    </message>
    <message>
        <source>GGUF models (*.gguf)</source>
        <translation>GGUF 模型 (*.gguf)</translation>
    </message>
</context>
<context>
    <name>hilo::StrategyPanel</name>
    <message>
        <source>Strategy</source>
        <translation>策略</translation>
    </message>
    <message>
        <source>What decides how many experts each module gets, and their ranks</source>
        <translation>决定每个模块获得多少专家及其秩的方法</translation>
    </message>
    <message>
        <source>Complexity profile</source>
        <translation>复杂度剖面</translation>
    </message>
    <message>
        <source>Measured signals of this model, from the page Complexity</source>
        <translation>此模型的测量信号，来自“复杂度”页</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>应用</translation>
    </message>
    <message>
        <source>Put the previewed numbers into the map that is shown; locked cells stay, and one undo takes it back</source>
        <translation>将预览的数值放入当前分配图；锁定单元格不变，一次撤销即可恢复</translation>
    </message>
    <message>
        <source>As new map</source>
        <translation>作为新分配图</translation>
    </message>
    <message>
        <source>Open the previewed map in a tab of its own</source>
        <translation>在新标签页中打开预览的分配图</translation>
    </message>
    <message>
        <source>Generate</source>
        <translation>生成</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>More settings</source>
        <translation>更多设置</translation>
    </message>
    <message>
        <source>Fewer settings</source>
        <translation>更少设置</translation>
    </message>
    <message>
        <source>Preview: %1 trainable, %2 active per token. Locked cells stay.</source>
        <translation>预览：%1 可训练，每词元激活 %2。锁定单元格不变。</translation>
    </message>
</context>
<context>
    <name>hilo::TrainingEstimator</name>
    <message>
        <source>The most that the default settings of training allow: %1 rows of %2 tokens, float32</source>
        <translation>默认训练设置允许的最大值：%1 行，每行 %2 个词元，float32</translation>
    </message>
    <message>
        <source>The most that the settings of %1 allow</source>
        <translation>%1 的设置允许的最大值</translation>
    </message>
    <message>
        <source>The most that the settings of %1 allow; its rows could not be measured</source>
        <translation>%1 的设置允许的最大值；无法测量其数据行</translation>
    </message>
    <message numerus="yes">
        <source>With the settings of %1: %n micro-batch(es) of at most %2 tokens</source>
        <translation>
            <numerusform>按 %1 的设置：%n 个微批次，每批最多 %2 个词元</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>main</name>
    <message>
        <source>page to show: start, model, data, …</source>
        <translation>要显示的页面：start、model、data…</translation>
    </message>
    <message>
        <source>light, dark or system</source>
        <translation>light、dark 或 system</translation>
    </message>
    <message>
        <source>draws every page, light and dark, 1x and 2x, into this folder, and ends</source>
        <translation>将每个页面以浅色和深色、1x 和 2x 绘制到此文件夹并退出</translation>
    </message>
    <message>
        <source>of the window, WIDTHxHEIGHT</source>
        <translation>窗口大小，宽x高</translation>
    </message>
    <message>
        <source>Fine-tune language models with a mixture of LoRA experts.</source>
        <translation>用 LoRA 专家混合微调语言模型。</translation>
    </message>
    <message>
        <source>project, model folder or .gguf file</source>
        <translation>项目、模型文件夹或 .gguf 文件</translation>
    </message>
</context>
</TS>
