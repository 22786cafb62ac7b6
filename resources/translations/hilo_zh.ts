<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>BlockTexts</name>
    <message>
        <source>LayerNorm</source>
        <translation>LayerNorm</translation>
    </message>
    <message>
        <source>Mean 0, variance 1, times a weight</source>
        <translation>均值 0、方差 1，乘以权重</translation>
    </message>
    <message>
        <source>RMSNorm</source>
        <translation>RMSNorm</translation>
    </message>
    <message>
        <source>Mean square 1, times a weight</source>
        <translation>均方 1，乘以权重</translation>
    </message>
    <message>
        <source>%1: reads %2 values, writes %3. An adapter can be put on it.</source>
        <translation>%1：读取 %2 个值，写出 %3 个。可以在其上放适配器。</translation>
    </message>
    <message>
        <source>q/k/v norm</source>
        <translation>q/k/v 归一化</translation>
    </message>
    <message>
        <source>per-layer input</source>
        <translation>逐层输入</translation>
    </message>
    <message>
        <source>Behind the MLP: %1 values of a second embedding of the token, through a frozen gate</source>
        <translation>在 MLP 之后：词元第二个嵌入中的 %1 个值，经过一个冻结的门</translation>
    </message>
    <message>
        <source>q/k norm</source>
        <translation>q/k 归一化</translation>
    </message>
    <message>
        <source>RoPE</source>
        <translation>RoPE</translation>
    </message>
    <message>
        <source>attention</source>
        <translation>注意力</translation>
    </message>
    <message>
        <source>convolution · delta rule · norm · gate</source>
        <translation>卷积 · 增量规则 · 归一化 · 门</translation>
    </message>
    <message>
        <source>%1 states of %2 × %3 values, which each token partly overwrites; %4 heads for queries and keys; the convolution sees %5 tokens</source>
        <translation>%1 个 %2 × %3 的状态，每个词元都会改写其中一部分；查询和键有 %4 个头；卷积看到 %5 个词元</translation>
    </message>
    <message>
        <source>gate</source>
        <translation>门</translation>
    </message>
    <message>
        <source>%1 heads of %2 values, %3 heads for keys and values</source>
        <translation>%1 个头，每头 %2 个值，键和值 %3 个头</translation>
    </message>
    <message>
        <source>The gate&apos;s activation times up</source>
        <translation>gate 的激活乘以 up</translation>
    </message>
    <message>
        <source>The activation</source>
        <translation>激活函数</translation>
    </message>
    <message>
        <source>Attention: %1. MLP: %2.</source>
        <translation>注意力：%1。MLP：%2。</translation>
    </message>
    <message>
        <source>router</source>
        <translation>路由器</translation>
    </message>
    <message>
        <source>Chooses %1 of %2 experts for each token and weighs what they give; it is frozen</source>
        <translation>为每个词元从 %2 个专家中选择 %1 个，并对其输出加权；它是冻结的</translation>
    </message>
    <message>
        <source>%1 of %2 frozen MLPs are used for a token; each may get a LoRA of its own</source>
        <translation>每个词元使用 %2 个冻结 MLP 中的 %1 个；每个都可以有自己的 LoRA</translation>
    </message>
</context>
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
    <message numerus="yes">
        <source>LoRA of rank %1 on each of the base&apos;s %n expert(s), top-%2 by its own router</source>
        <translation>
            <numerusform>在基础模型的 %n 个专家上各有秩为 %1 的 LoRA，由其自己的路由器选 top-%2</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ChartSeries</name>
    <message>
        <source>not set</source>
        <translation>未设置</translation>
    </message>
    <message>
        <source>other</source>
        <translation>其他</translation>
    </message>
</context>
<context>
    <name>CommandList</name>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>Explain “%1”</source>
        <translation>说明“%1”</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>分配图</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Project, %1</source>
        <translation>项目，%1</translation>
    </message>
    <message>
        <source>Preference</source>
        <translation>偏好设置</translation>
    </message>
    <message>
        <source>Help, strategy</source>
        <translation>帮助，策略</translation>
    </message>
    <message>
        <source>Help, signal</source>
        <translation>帮助，信号</translation>
    </message>
</context>
<context>
    <name>DataFileFilter</name>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>所有文件</translation>
    </message>
</context>
<context>
    <name>DataMerge</name>
    <message>
        <source>nothing</source>
        <translation>无</translation>
    </message>
    <message>
        <source>%1: here %2, on disk %3</source>
        <translation>%1：此处 %2，磁盘上 %3</translation>
    </message>
    <message>
        <source>%1: only here</source>
        <translation>%1：仅此处有</translation>
    </message>
    <message>
        <source>%1: only on disk</source>
        <translation>%1：仅磁盘上有</translation>
    </message>
</context>
<context>
    <name>DataReading</name>
    <message>
        <source>Choose a template: how do rows become prompts?</source>
        <translation>请选择模板：行如何变成提示？</translation>
    </message>
</context>
<context>
    <name>EvaluationMarks</name>
    <message>
        <source>validation</source>
        <translation>验证</translation>
    </message>
    <message>
        <source>test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>training rows</source>
        <translation>训练行</translation>
    </message>
    <message>
        <source>measured</source>
        <translation>已测</translation>
    </message>
    <message>
        <source>without a name</source>
        <translation>无名称</translation>
    </message>
    <message>
        <source>%1, step %2: %3</source>
        <translation>%1，第 %2 步：%3</translation>
    </message>
</context>
<context>
    <name>ExportReport</name>
    <message>
        <source>Verdict</source>
        <translation>判断</translation>
    </message>
    <message>
        <source>Largest difference of logits</source>
        <translation>logits 最大差异</translation>
    </message>
    <message>
        <source>%1 (allowed %2) from %3</source>
        <translation>%1（允许 %2），来自 %3</translation>
    </message>
    <message>
        <source>Cost of rounding</source>
        <translation>舍入的代价</translation>
    </message>
    <message>
        <source>logits differ by up to %1; the same next token for %2 of %3</source>
        <translation>logits 最多相差 %1；%3 个中 %2 个的下一词元相同</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>准确率</translation>
    </message>
    <message>
        <source>%1 with routers, %2 here</source>
        <translation>带路由 %1，此处 %2</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Measured on</source>
        <translation>测量于</translation>
    </message>
    <message>
        <source>%1 rows of %2</source>
        <translation>%2 的 %1 行</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>%1 in %2 files</source>
        <translation>%1，共 %2 个文件</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>耗时</translation>
    </message>
    <message>
        <source>✓ Costs nothing: %1</source>
        <translation>✓ 无损失：%1</translation>
    </message>
    <message>
        <source>⚠ An approximation whose cost was not measured</source>
        <translation>⚠ 近似结果，其损失未经测量</translation>
    </message>
    <message>
        <source>✓ Costs no accuracy here: %1 with routers, %2 without</source>
        <translation>✓ 此处不损失准确率：有路由器 %1，无路由器 %2</translation>
    </message>
    <message>
        <source>⚠ Costs %1 points of accuracy: %2 with routers, %3 without</source>
        <translation>⚠ 损失 %1 个百分点的准确率：有路由器 %2，无路由器 %3</translation>
    </message>
    <message>
        <source>⚠ Loss %1 with routers, %2 without</source>
        <translation>⚠ 损失值：有路由器 %1，无路由器 %2</translation>
    </message>
    <message>
        <source>the same next token for %1 of %2</source>
        <translation>%2 个中有 %1 个的下一词元相同</translation>
    </message>
    <message>
        <source>Files read back</source>
        <translation>文件回读</translation>
    </message>
    <message>
        <source>%1 with routers, %2 here; mean weights: %3</source>
        <translation>带路由 %1，此处 %2；平均权重：%3</translation>
    </message>
    <message>
        <source>Distilled</source>
        <translation>蒸馏</translation>
    </message>
    <message>
        <source>%1 steps, rank %2 at most, in %3</source>
        <translation>%1 步，秩最多 %2，用时 %3</translation>
    </message>
</context>
<context>
    <name>MetricText</name>
    <message>
        <source>%1, %2</source>
        <comment>a metric and its task</comment>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>nats/token</source>
        <translation>奈特/词元</translation>
    </message>
    <message>
        <source>“%1” is not known to this program: higher is taken for better.</source>
        <translation>本程序不认识“%1”：按越高越好处理。</translation>
    </message>
    <message>
        <source>Lower is better.</source>
        <translation>越低越好。</translation>
    </message>
    <message>
        <source>Higher is better.</source>
        <translation>越高越好。</translation>
    </message>
    <message>
        <source> points</source>
        <translation> 个百分点</translation>
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
    <name>PageHelp</name>
    <message>
        <source>&lt;b&gt;What you see.&lt;/b&gt; Your rows as the model will read them: the prompt that the template makes of a row, and the answer, marked, on which alone the loss is taken unless a run says otherwise.</source>
        <translation>&lt;b&gt;显示内容。&lt;/b&gt;模型将读到的数据行：模板由一行生成的提示，以及标出的答案；除非运行另有设置，损失只在答案上计算。</translation>
    </message>
    <message>
        <source>&lt;b&gt;Tokens.&lt;/b&gt; How long the rows are, counted with this model&apos;s tokenizer, and which share is longer than the maximum length. A row that is too long loses the beginning of its prompt, never its answer. Raise the maximum until next to nothing is cut; memory and time grow with it.</source>
        <translation>&lt;b&gt;词元。&lt;/b&gt;用此模型的分词器统计的行长，以及超过最大长度的比例。过长的行会丢掉提示开头，绝不丢掉答案。请增大最大长度直到几乎不截断；内存和时间会随之增加。</translation>
    </message>
    <message>
        <source>&lt;b&gt;Labels.&lt;/b&gt; How often each answer is the right one. The majority floor is the accuracy of always giving the most frequent answer of the training rows: a run that is not clearly above it has learned nothing.</source>
        <translation>&lt;b&gt;标签。&lt;/b&gt;每个答案为正确答案的频率。多数基线是始终给出训练行中最常见答案的准确率：没有明显高于它的运行什么也没学到。</translation>
    </message>
    <message>
        <source>&lt;b&gt;Columns.&lt;/b&gt; A template asks for fields by name; say which column of your data stands for each. Rows that cannot be used are listed with file, line and reason, and are left out of training and evaluation.</source>
        <translation>&lt;b&gt;列。&lt;/b&gt;模板按名称请求字段；请指定数据中对应的列。无法使用的行会列出文件、行号和原因，并在训练和评估中略过。</translation>
    </message>
    <message>
        <source>&lt;b&gt;Next:&lt;/b&gt; “Use for new runs” keeps the choice in the project. Then measure the layers on the page Complexity, or go straight to Allocation.</source>
        <translation>&lt;b&gt;下一步。&lt;/b&gt;“用于新运行”将选择保存到项目。然后在“复杂度”页测量各层，或直接前往“分配”。</translation>
    </message>
    <message>
        <source>&lt;i&gt;Templates of MoLA (Gao et al. 2024), MoE-PEFT, Alpaca and ChatML come with the program; a template of your own is a JSON file, described in resources/prompts/README.md.&lt;/i&gt;</source>
        <translation>&lt;i&gt;程序自带 MoLA（Gao 等 2024）、MoE-PEFT、Alpaca 和 ChatML 模板；自定义模板是一个 JSON 文件，说明见 resources/prompts/README.md。&lt;/i&gt;</translation>
    </message>
    <message>
        <source>&lt;b&gt;What you see.&lt;/b&gt; How complex each layer is, by one signal a tab: a row a module, a column a layer. Signals of whole layers have one row. Bright is high; what “high” means stands below the map.</source>
        <translation>&lt;b&gt;显示内容。&lt;/b&gt;每层的复杂程度，每个标签页一个信号：每行一个模块，每列一层。整层信号只有一行。亮表示高；“高”的含义写在图下方。</translation>
    </message>
    <message>
        <source>&lt;b&gt;Kinds of signals.&lt;/b&gt; From the weights alone (no data, computed once), from activations (forward passes over your rows), from gradients on your task (slowest, and the only ones that know the task). Each says whether a larger or a smaller value wants more capacity, and how well two halves of the data agree on it.</source>
        <translation>&lt;b&gt;信号种类。&lt;/b&gt;仅来自权重（不需数据，计算一次）；来自激活（对数据行做前向传播）；来自任务梯度（最慢，也是唯一了解任务的）。每个信号都说明较大还是较小的值需要更多容量，以及两半数据的一致程度。</translation>
    </message>
    <message>
        <source>&lt;b&gt;Over depth&lt;/b&gt; draws several signals, each from its lowest to its highest layer. &lt;b&gt;Spectrum&lt;/b&gt; shows how fast the directions of a module lose weight: a slow fall wants more rank. &lt;b&gt;Do the signals agree?&lt;/b&gt; is Spearman&apos;s rank correlation over the layers. Signals of necessity and signals of change often disagree, and then a map that is built on one is not supported by the other (layer-importance study, Abbes et al. 2026).</source>
        <translation>&lt;b&gt;随深度变化&lt;/b&gt;绘制多个信号，各自从最低层到最高层。&lt;b&gt;谱&lt;/b&gt;显示模块各方向衰减的速度：衰减慢需要更大的秩。&lt;b&gt;信号是否一致？&lt;/b&gt;是各层上的 Spearman 秩相关。必要性信号与变化信号常常不一致，此时基于其一的分配图得不到另一信号的支持（层重要性研究，Abbes 等 2026）。</translation>
    </message>
    <message>
        <source>&lt;b&gt;Keys.&lt;/b&gt; Arrows move over the map, Left and Right over the chart. The layer that you select is selected on all pages.</source>
        <translation>&lt;b&gt;按键。&lt;/b&gt;方向键在图上移动，左右键在折线图上移动。所选层在所有页面上同步。</translation>
    </message>
    <message>
        <source>&lt;b&gt;Next:&lt;/b&gt; “Profile…” measures; “Allocate from this” takes the shown signal to the page Allocation, where HILO turns it into experts and ranks.</source>
        <translation>&lt;b&gt;下一步。&lt;/b&gt;“剖面…”进行测量；“据此分配”将当前信号带到“分配”页，由 HILO 转换为专家和秩。</translation>
    </message>
    <message>
        <source>&lt;i&gt;Every signal&apos;s definition and source: menu Help, “Strategies and signals”.&lt;/i&gt;</source>
        <translation>&lt;i&gt;每个信号的定义和来源：“帮助”菜单中的“策略与信号”。&lt;/i&gt;</translation>
    </message>
    <message>
        <source>&lt;b&gt;What you see.&lt;/b&gt; The same prompt continued by the base model and by one or two adapters, side by side, as they write. With temperature 0 the most likely token is taken every time; otherwise the same seed gives the same text.</source>
        <translation>&lt;b&gt;显示内容。&lt;/b&gt;基座模型与一两个适配器对同一提示的续写，并排逐字显示。温度为 0 时总取最可能的词元；否则相同种子得到相同文本。</translation>
    </message>
    <message>
        <source>&lt;b&gt;Colours.&lt;/b&gt; Each token has the colour and the number of the expert that weighed most when the token was read, in the layer and module that you select. A token&apos;s experts are known once it has been read, so the last one of a text stays without. One expert for all tokens means that the router does not choose; a mix that follows the words means that it does. Point at a token for all its experts and their weights.</source>
        <translation>&lt;b&gt;颜色。&lt;/b&gt;每个词元显示在所选层和模块中读取该词元时权重最大的专家的颜色和编号。词元读取后才知道其专家，因此文本最后一个词元没有。所有词元同一专家说明路由没有选择；随词变化的混合说明有选择。指向词元可看到其全部专家和权重。</translation>
    </message>
    <message>
        <source>&lt;b&gt;Next:&lt;/b&gt; An adapter that changes nothing, or repeats itself, was trained too little or too fast: see its curves on the page Runs. For numbers instead of impressions use the accuracy on the page Compare.</source>
        <translation>&lt;b&gt;下一步。&lt;/b&gt;毫无变化或不断重复的适配器训练不足或过快：请在“运行”页查看其曲线。需要数字而非印象时，请看“比较”页的准确率。</translation>
    </message>
    <message>
        <source>&lt;i&gt;Top-k routing after MoLA (Gao et al. 2024); tokens coloured by their first expert as in the Mixtral report (Jiang et al. 2024).&lt;/i&gt;</source>
        <translation>&lt;i&gt;Top-k 路由据 MoLA（Gao 等 2024）；按首位专家为词元着色，如 Mixtral 报告（Jiang 等 2024）。&lt;/i&gt;</translation>
    </message>
    <message>
        <source>&lt;b&gt;What you see.&lt;/b&gt; Every format that this program writes, with a verdict for the chosen run: &lt;b&gt;exact&lt;/b&gt;, &lt;b&gt;exact after padding&lt;/b&gt; (zeros are added, the function is the same), &lt;b&gt;static approximation&lt;/b&gt; (the routing is replaced by its mean weights, or, distilled, one adapter is trained until it says what the mixture says; what each of both costs is measured and shown), or &lt;b&gt;impossible&lt;/b&gt;, with the reason.</source>
        <translation>&lt;b&gt;显示内容。&lt;/b&gt;本程序可写的每种格式及对所选运行的判断：&lt;b&gt;精确&lt;/b&gt;、&lt;b&gt;填充后精确&lt;/b&gt;（补零，功能不变）、&lt;b&gt;静态近似&lt;/b&gt;（用平均权重代替路由，或通过蒸馏训练一个适配器，直到其输出与混合一致；两者的代价都会被测量并显示）或&lt;b&gt;不可能&lt;/b&gt;，并说明原因。</translation>
    </message>
    <message>
        <source>&lt;b&gt;Why it matters.&lt;/b&gt; Most tools know neither routers nor ranks that differ. PEFT&apos;s LoRA has no router at all; MoLA&apos;s layout has one rank; only the project&apos;s own format holds every map as it is.</source>
        <translation>&lt;b&gt;为何重要。&lt;/b&gt;多数工具既不支持路由也不支持不同的秩。PEFT 的 LoRA 完全没有路由；MoLA 的布局只有一个秩；只有项目自己的格式能原样保存每张分配图。</translation>
    </message>
    <message>
        <source>&lt;b&gt;Verification.&lt;/b&gt; After writing, the files are read back by another path and the logits of a test batch are compared with the run&apos;s own. An export that fails this is not put in place.</source>
        <translation>&lt;b&gt;验证。&lt;/b&gt;写入后通过另一途径读回文件，将一批测试的 logits 与运行自身的比较。未通过的导出不会放到目标位置。</translation>
    </message>
    <message>
        <source>&lt;b&gt;Next:&lt;/b&gt; Choose a format, a folder, and “Export”. The folder gets a README that says how to load it, the base model, the map and its accuracy. “Show command” gives the same as a line for the terminal.</source>
        <translation>&lt;b&gt;下一步。&lt;/b&gt;选择格式和文件夹，然后“导出”。文件夹中会有 README 说明如何加载、基座模型、分配图及其准确率。“显示命令”给出等价的终端命令。</translation>
    </message>
    <message>
        <source>&lt;b&gt;Tasks.&lt;/b&gt; Several data sets can be trained in one run. Each task&apos;s share of an epoch follows its rows and its weight, or is equal; a limit takes the first rows only. Of preferences you see the chosen and the rejected answer, of judged answers the judgement.</source>
        <translation>&lt;b&gt;任务。&lt;/b&gt;一次运行可以训练多个数据集。每个任务在一轮中的份额取决于其行数和权重，或者均等；上限只取前若干行。偏好数据显示被选和被拒的回答，被评判的回答显示评判。</translation>
    </message>
    <message>
        <source>&lt;b&gt;Conversation.&lt;/b&gt; Models with a chat template can be talked to in turns, with a system prompt. Each column keeps its own answers, and is told what it said itself. hilo generate --chat --messages does the same.</source>
        <translation>&lt;b&gt;对话。&lt;/b&gt;有对话模板的模型可以轮流交谈，并可带系统提示。每一列保留自己的回答，并只被告知它自己说过的话。hilo generate --chat --messages 的作用相同。</translation>
    </message>
</context>
<context>
    <name>Profile</name>
    <message>
        <source>%1 rows</source>
        <translation>%1 行</translation>
    </message>
    <message>
        <source>%1 tokens</source>
        <translation>%1 个词元</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
</context>
<context>
    <name>ReportFile</name>
    <message>
        <source>Matrix as a picture (SVG)…</source>
        <translation>矩阵图片 (SVG)…</translation>
    </message>
    <message>
        <source>SVG picture (*.svg)</source>
        <translation>SVG 图片 (*.svg)</translation>
    </message>
    <message>
        <source>Table (CSV)…</source>
        <translation>表格 (CSV)…</translation>
    </message>
    <message>
        <source>Table for a paper (LaTeX)…</source>
        <translation>论文表格 (LaTeX)…</translation>
    </message>
    <message>
        <source>Markdown…</source>
        <translation>Markdown…</translation>
    </message>
    <message>
        <source>Web page (HTML)…</source>
        <translation>网页 (HTML)…</translation>
    </message>
    <message>
        <source>Table (*.csv)</source>
        <translation>表格 (*.csv)</translation>
    </message>
    <message>
        <source>LaTeX (*.tex)</source>
        <translation>LaTeX (*.tex)</translation>
    </message>
    <message>
        <source>Markdown (*.md)</source>
        <translation>Markdown (*.md)</translation>
    </message>
    <message>
        <source>Web page (*.html)</source>
        <translation>网页 (*.html)</translation>
    </message>
</context>
<context>
    <name>RunSpecFields</name>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Prompt template</source>
        <translation>提示模板</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Which column fills which field of the template: field = column, one pair after the other, separated by commas. Empty: columns of the same names</source>
        <translation>哪一列填入模板的哪个字段：字段 = 列，多对之间用逗号分隔。留空：使用同名列</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>划分</translation>
    </message>
    <message>
        <source>How rows are shared out. Empty: by the folder&apos;s files; where these are for training alone, some rows are kept to validate on. &quot;none&quot;: all are for training. &quot;column split&quot;: by a column&apos;s value. &quot;seed 1 validation 0.1 test 0.1&quot;: at random, the same for a seed. &quot;train a.jsonl test b.jsonl&quot;: by files</source>
        <translation>如何划分数据行。留空：按文件夹中的文件；若只有训练数据，则保留部分行用于验证。&quot;none&quot;：全部用于训练。&quot;column split&quot;：按某列的值。&quot;seed 1 validation 0.1 test 0.1&quot;：随机，相同种子结果相同。&quot;train a.jsonl test b.jsonl&quot;：按文件</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>轮数</translation>
    </message>
    <message>
        <source>Passes over the training rows; used when steps is 0</source>
        <translation>遍历训练行的次数；步数为 0 时使用</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>Optimiser steps; 0: the epochs decide</source>
        <translation>优化器步数；0：由轮数决定</translation>
    </message>
    <message>
        <source>Batch size</source>
        <translation>批大小</translation>
    </message>
    <message>
        <source>Rows per micro-batch, from 1</source>
        <translation>每个微批的行数，至少 1</translation>
    </message>
    <message>
        <source>Accumulation</source>
        <translation>梯度累积</translation>
    </message>
    <message>
        <source>Micro-batches per step, from 1; more of them need no more memory</source>
        <translation>每步的微批数，至少 1；增加不会占用更多内存</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>Highest learning rate, from 0 to 10</source>
        <translation>最高学习率，0 到 10</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>学习率计划</translation>
    </message>
    <message>
        <source>How the learning rate falls after the warm-up</source>
        <translation>预热之后学习率如何下降</translation>
    </message>
    <message>
        <source>Warm-up steps</source>
        <translation>预热步数</translation>
    </message>
    <message>
        <source>Steps until the highest learning rate</source>
        <translation>达到最高学习率的步数</translation>
    </message>
    <message>
        <source>Maximum length</source>
        <translation>最大长度</translation>
    </message>
    <message>
        <source>Tokens; longer rows are cut and counted. The page Data shows how many that would be</source>
        <translation>词元数；更长的行会被截断并计数。“数据”页显示会有多少行</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>Of the order of rows, initial values and dropout</source>
        <translation>用于行的顺序、初始值和 dropout</translation>
    </message>
    <message>
        <source>Scaling</source>
        <translation>缩放</translation>
    </message>
    <message>
        <source>Factor on an expert&apos;s output: alpha / rank (LoRA), alpha / √rank (rsLoRA), or constant</source>
        <translation>专家输出的系数：alpha / 秩（LoRA）、alpha / √秩（rsLoRA）或常数</translation>
    </message>
    <message>
        <source>Router</source>
        <translation>路由</translation>
    </message>
    <message>
        <source>top_k: the best experts of a token; dense: all; top_k_null: may also choose none (AdaMoE); top_p: as many as are needed (MixLoRA)</source>
        <translation>top_k：词元的最佳专家；dense：全部；top_k_null：也可一个不选（AdaMoE）；top_p：需要多少取多少（MixLoRA）</translation>
    </message>
    <message>
        <source>Auxiliary loss</source>
        <translation>辅助损失</translation>
    </message>
    <message>
        <source>Weight of the loss that evens out the experts&apos; loads; 0: off</source>
        <translation>均衡专家负载的损失的权重；0：关闭</translation>
    </message>
    <message>
        <source>Dropout</source>
        <translation>Dropout</translation>
    </message>
    <message>
        <source>On the adapters&apos; input, from 0 to 0.99</source>
        <translation>作用于适配器输入，0 到 0.99</translation>
    </message>
    <message>
        <source>Prompt dropout</source>
        <translation>提示 dropout</translation>
    </message>
    <message>
        <source>Share of a prompt&apos;s tokens that are left out, others each time, from 0 to 0.9; helps where rows are few and short</source>
        <translation>每次随机略去的提示词元比例，0 到 0.9；在行少而短时有帮助</translation>
    </message>
    <message>
        <source>Share of top_p</source>
        <translation>top_p 的比例</translation>
    </message>
    <message>
        <source>The router top_p takes the fewest experts whose probabilities add up to this, from 0.01 to 1</source>
        <translation>路由器 top_p 取概率之和达到此值的最少专家，0.01 到 1</translation>
    </message>
    <message>
        <source>Learning rate of B</source>
        <translation>B 的学习率</translation>
    </message>
    <message>
        <source>Times the learning rate, for the experts&apos; B alone, from 0 to 1000 (LoRA+; its paper takes 16)</source>
        <translation>学习率的倍数，只用于专家的 B，0 到 1000（LoRA+；论文取 16）</translation>
    </message>
    <message>
        <source>Learning rate by layer</source>
        <translation>各层学习率</translation>
    </message>
    <message>
        <source>Each layer learns at this times the rate of the layer above it, from 0.01 to 1 (all alike)</source>
        <translation>每层以上一层学习率的这个倍数学习，0.01 到 1（各层相同）</translation>
    </message>
    <message>
        <source>Noise on embeddings</source>
        <translation>嵌入噪声</translation>
    </message>
    <message>
        <source>NEFTune&apos;s alpha: uniform noise within alpha / √(tokens · width) while training; 0: none; its paper takes 5 to 15</source>
        <translation>NEFTune 的 alpha：训练时在 alpha / √(词元数 · 宽度) 以内的均匀噪声；0：无；论文取 5 到 15</translation>
    </message>
    <message>
        <source>Average weights</source>
        <translation>权重平均</translation>
    </message>
    <message>
        <source>The adapter is the mean of the weights at the last so many checkpoints, which needs &quot;Checkpoint every&quot;; 1: the last step&apos;s</source>
        <translation>适配器取最后这么多个检查点权重的平均，需要设置检查点间隔；1：最后一步的权重</translation>
    </message>
    <message>
        <source>Learning rate of routers</source>
        <translation>路由的学习率</translation>
    </message>
    <message>
        <source>Times the learning rate, for routers alone, from 0 (they stay as drawn) to 100</source>
        <translation>学习率的倍数，仅用于路由，从 0（保持初始值）到 100</translation>
    </message>
    <message>
        <source>Weight decay</source>
        <translation>权重衰减</translation>
    </message>
    <message>
        <source>Of AdamW, on the adapters</source>
        <translation>AdamW 的权重衰减，作用于适配器</translation>
    </message>
    <message>
        <source>Gradient clipping</source>
        <translation>梯度裁剪</translation>
    </message>
    <message>
        <source>Largest gradient norm; 0: no clipping</source>
        <translation>最大梯度范数；0：不裁剪</translation>
    </message>
    <message>
        <source>AdamW beta 1</source>
        <translation>AdamW beta 1</translation>
    </message>
    <message>
        <source>Decay of the mean of gradients</source>
        <translation>梯度均值的衰减</translation>
    </message>
    <message>
        <source>AdamW beta 2</source>
        <translation>AdamW beta 2</translation>
    </message>
    <message>
        <source>Decay of the mean of their squares</source>
        <translation>梯度平方均值的衰减</translation>
    </message>
    <message>
        <source>AdamW epsilon</source>
        <translation>AdamW epsilon</translation>
    </message>
    <message>
        <source>Added to the denominator</source>
        <translation>加到分母上</translation>
    </message>
    <message>
        <source>Constant scale</source>
        <translation>常数系数</translation>
    </message>
    <message>
        <source>The factor when scaling is constant</source>
        <translation>缩放为常数时的系数</translation>
    </message>
    <message>
        <source>Initialisation</source>
        <translation>初始化</translation>
    </message>
    <message>
        <source>Of A and of routers; B begins at zero, so that the model begins as it is</source>
        <translation>A 和路由的初始化；B 从零开始，使模型从原样开始</translation>
    </message>
    <message>
        <source>Start from adapter</source>
        <translation>从适配器开始</translation>
    </message>
    <message>
        <source>A folder with an adapter to go on from; empty: fresh</source>
        <translation>继续训练所用适配器的文件夹；留空：从头开始</translation>
    </message>
    <message>
        <source>Loss on</source>
        <translation>计算损失的部分</translation>
    </message>
    <message>
        <source>The answer only, or the whole text</source>
        <translation>仅答案，或整个文本</translation>
    </message>
    <message>
        <source>Packing</source>
        <translation>打包</translation>
    </message>
    <message>
        <source>Fill each micro-batch up to batch size × maximum length tokens</source>
        <translation>将每个微批填满至批大小 × 最大长度个词元</translation>
    </message>
    <message>
        <source>Group by length</source>
        <translation>按长度分组</translation>
    </message>
    <message>
        <source>Rows of like length share a batch: less padding</source>
        <translation>长度相近的行同批：填充更少</translation>
    </message>
    <message>
        <source>Activation checkpointing</source>
        <translation>激活检查点</translation>
    </message>
    <message>
        <source>Computes activations twice to hold fewer: slower, less memory</source>
        <translation>将激活计算两次以少保存：更慢，内存更少</translation>
    </message>
    <message>
        <source>CUDA graph</source>
        <translation>CUDA 图</translation>
    </message>
    <message>
        <source>On a GPU a micro-batch is recorded once and replayed: faster where a model is small; all micro-batches are padded to one size. Not with dropout or activation checkpointing</source>
        <translation>在 GPU 上，一个微批只录制一次并重放：模型较小时更快；所有微批都填充到同一大小。不能与 dropout 或激活检查点同用</translation>
    </message>
    <message>
        <source>Precision of the base</source>
        <translation>基座精度</translation>
    </message>
    <message>
        <source>auto takes the fastest that this device can</source>
        <translation>auto 采用该设备支持的最快精度</translation>
    </message>
    <message>
        <source>Quantisation of the base</source>
        <translation>基座量化</translation>
    </message>
    <message>
        <source>Holds the base&apos;s linear weights in 4 or 8 bits: less memory, a little less exact</source>
        <translation>以 4 或 8 位保存基座的线性权重：内存更少，精度略低</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>auto, cpu, cuda:0, …</source>
        <translation>auto、cpu、cuda:0、…</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>线程</translation>
    </message>
    <message>
        <source>Of the processor; 0: chosen by measurement</source>
        <translation>处理器线程数；0：通过测量选择</translation>
    </message>
    <message>
        <source>Checkpoint every</source>
        <translation>检查点间隔</translation>
    </message>
    <message>
        <source>Steps; 0: by minutes alone</source>
        <translation>步数；0：仅按分钟</translation>
    </message>
    <message>
        <source>Checkpoint minutes</source>
        <translation>检查点分钟</translation>
    </message>
    <message>
        <source>Minutes of training between checkpoints; 0: never by time</source>
        <translation>检查点之间的训练分钟数；0：不按时间</translation>
    </message>
    <message>
        <source>Checkpoints kept</source>
        <translation>保留的检查点</translation>
    </message>
    <message>
        <source>The newest so many stay, from 1</source>
        <translation>保留最新的若干个，至少 1</translation>
    </message>
    <message>
        <source>Keep which weights</source>
        <translation>保留哪些权重</translation>
    </message>
    <message>
        <source>last: those of the last step; best: those that scored best on validation rows, which needs &quot;Evaluate every&quot;</source>
        <translation>last：最后一步的权重；best：在验证行上得分最好的权重，需要设置“评估间隔”</translation>
    </message>
    <message>
        <source>Early stopping</source>
        <translation>提前停止</translation>
    </message>
    <message>
        <source>Evaluations without improvement after which a run ends; 0: never</source>
        <translation>连续多少次评估没有改进就结束运行；0：从不</translation>
    </message>
    <message>
        <source>Mixing of tasks</source>
        <translation>任务混合</translation>
    </message>
    <message>
        <source>How several tasks share the rows of an epoch: by their rows, equally, or in between</source>
        <translation>多个任务如何分配一个轮次的行：按行数、均分或介于两者之间</translation>
    </message>
    <message>
        <source>Mixing temperature</source>
        <translation>混合温度</translation>
    </message>
    <message>
        <source>For the mixing &quot;temperature&quot;: 1 is by rows, large numbers are equal</source>
        <translation>用于混合方式 temperature：1 为按行数，数值越大越接近均分</translation>
    </message>
    <message>
        <source>Log every</source>
        <translation>记录间隔</translation>
    </message>
    <message>
        <source>Steps between points of the charts, from 1</source>
        <translation>图表各点之间的步数，至少 1</translation>
    </message>
    <message>
        <source>Protocol</source>
        <translation>协议</translation>
    </message>
    <message>
        <source>How rows are scored; auto takes what they allow, and the loss is measured with every one</source>
        <translation>各行的评分方式；auto 取数据所允许的，每种方式都会测量损失</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>行</translation>
    </message>
    <message>
        <source>The split that the final accuracy is of</source>
        <translation>最终准确率所用的划分</translation>
    </message>
    <message>
        <source>Metric</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>What the best weights and early stopping go by, on validation rows</source>
        <translation>最佳权重和提前停止所依据的指标，在验证行上计算</translation>
    </message>
    <message>
        <source>Evaluate every</source>
        <translation>评估间隔</translation>
    </message>
    <message>
        <source>Steps between evaluations on validation rows; 0: only at the end</source>
        <translation>在验证行上评估的步数间隔；0：仅在结束时</translation>
    </message>
    <message>
        <source>Limit</source>
        <translation>上限</translation>
    </message>
    <message>
        <source>The first rows only; 0: all</source>
        <translation>仅前若干行；0：全部</translation>
    </message>
    <message>
        <source>Evaluation batch</source>
        <translation>评估批大小</translation>
    </message>
    <message>
        <source>Rows evaluated at once, from 1</source>
        <translation>一次评估的行数，至少 1</translation>
    </message>
    <message>
        <source>New tokens</source>
        <translation>新词元</translation>
    </message>
    <message>
        <source>Longest generated answer, in tokens</source>
        <translation>生成答案的最大长度（词元）</translation>
    </message>
    <message>
        <source>Objective</source>
        <translation>目标函数</translation>
    </message>
    <message>
        <source>What is learnt: auto takes the likelihood of answers, DPO for pairs of answers, KTO for answers that somebody judged</source>
        <translation>学习目标：auto 对普通答案使用似然，对答案对使用 DPO，对已评判的答案使用 KTO</translation>
    </message>
    <message>
        <source>A file (Parquet, Arrow, JSON lines, JSON, CSV, TSV, text; texts may be compressed by gzip or zstd) or a folder with train, validation and test files</source>
        <translation>一个文件（Parquet、Arrow、JSON 行、JSON、CSV、TSV、文本；文本可用 gzip 或 zstd 压缩），或含训练、验证和测试文件的文件夹</translation>
    </message>
    <message>
        <source>auto: by the columns; else the name of a template of the page Data, or a template file (.json)</source>
        <translation>auto：按列决定；否则为“数据”页中的模板名，或模板文件（.json）</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>The task&apos;s name in charts and tables; empty: that of its data</source>
        <translation>任务在图表和表格中的名称；空：用其数据的名称</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Times the task&apos;s share of the training rows, above 0; empty: 1</source>
        <translation>乘以任务在训练行中的份额，大于 0；空：1</translation>
    </message>
    <message>
        <source>Row limit</source>
        <translation>行数上限</translation>
    </message>
    <message>
        <source>The first training rows only; empty or 0: all</source>
        <translation>只用前若干训练行；空或 0：全部</translation>
    </message>
    <message>
        <source>Protocol of the task</source>
        <translation>任务的评测方式</translation>
    </message>
    <message>
        <source>How this task&apos;s rows are scored, where it is not as the run says</source>
        <translation>此任务的行如何评分（若与整个运行不同）</translation>
    </message>
    <message>
        <source>Moving allocation</source>
        <translation>移动的分配</translation>
    </message>
    <message>
        <source>How ranks and experts move between modules while the run trains; when, and under which budget, stands in the run spec</source>
        <translation>训练时秩和专家如何在模块之间移动；何时、在何种预算下，见运行规格</translation>
    </message>
</context>
<context>
    <name>RunTexts</name>
    <message>
        <source>not queued</source>
        <translation>未入队</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>等待</translation>
    </message>
    <message>
        <source>running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>interrupted</source>
        <translation>已中断</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>folder missing</source>
        <translation>文件夹缺失</translation>
    </message>
    <message>
        <source>archived</source>
        <translation>已归档</translation>
    </message>
    <message>
        <source>damaged</source>
        <translation>已损坏</translation>
    </message>
    <message>
        <source>Give it less to hold: a smaller batch with more accumulation, a shorter maximum length, activation checkpointing, or a smaller map. “Duplicate…” starts from the same settings.</source>
        <translation>减少占用：更小的批加更多累积、更短的最大长度、激活检查点或更小的分配图。“复制…”从相同设置开始。</translation>
    </message>
    <message>
        <source>The run ran out of memory.</source>
        <translation>运行内存不足。</translation>
    </message>
    <message>
        <source>The run failed.</source>
        <translation>运行失败。</translation>
    </message>
    <message>
        <source>Read the last lines of its log, mend what they name, then resume it or duplicate it with changes.</source>
        <translation>查看日志最后几行，修正其中指出的问题，然后恢复运行或更改后复制。</translation>
    </message>
    <message>
        <source>no signal for %1</source>
        <translation>%1 无信号</translation>
    </message>
    <message>
        <source>No signal for %1.</source>
        <translation>已有 %1 没有信号。</translation>
    </message>
    <message>
        <source>Its process lives but reports no step. A long evaluation may take this long; else stop it and resume it from its last checkpoint.</source>
        <translation>进程仍在运行但未报告步数。较长的评估可能需要这么久；否则请停止并从最后的检查点恢复。</translation>
    </message>
    <message>
        <source>The run&apos;s process ended before the run did.</source>
        <translation>运行的进程在运行完成前结束。</translation>
    </message>
    <message>
        <source>It was killed, or the computer was restarted. “Resume” goes on from its last checkpoint with the same numbers as if nothing had happened.</source>
        <translation>进程被终止，或计算机已重启。“恢复”从最后的检查点继续，数值与未中断时相同。</translation>
    </message>
    <message>
        <source>The run&apos;s folder is gone.</source>
        <translation>运行的文件夹不存在。</translation>
    </message>
    <message>
        <source>Put the folder back into runs/, or delete the run from the list; its results stay until then.</source>
        <translation>把文件夹放回 runs/，或从列表中删除该运行；在此之前其结果保留。</translation>
    </message>
    <message>
        <source>The run&apos;s settings cannot be read.</source>
        <translation>无法读取运行的设置。</translation>
    </message>
    <message>
        <source>Restore run.json in its folder, or delete the run.</source>
        <translation>请恢复其文件夹中的 run.json，或删除该运行。</translation>
    </message>
    <message>
        <source>Something in the run&apos;s files is not right.</source>
        <translation>运行的文件有问题。</translation>
    </message>
    <message>
        <source>What was read before stays; the rest is left out.</source>
        <translation>之前读取的内容保留；其余略去。</translation>
    </message>
</context>
<context>
    <name>SettingRange</name>
    <message>
        <source>integer from %1 to %2</source>
        <translation>%1 到 %2 的整数</translation>
    </message>
    <message>
        <source>number from %1 to %2</source>
        <translation>%1 到 %2 的数</translation>
    </message>
    <message>
        <source>one of %1</source>
        <translation>%1 之一</translation>
    </message>
    <message>
        <source>text</source>
        <translation>文本</translation>
    </message>
</context>
<context>
    <name>SignalTexts</name>
    <message>
        <source>Spectrum: %1.</source>
        <translation>谱：%1。</translation>
    </message>
</context>
<context>
    <name>StepAxis</name>
    <message>
        <source>tokens (estimated from speed and time)</source>
        <translation>词元（由速度和时间估计）</translation>
    </message>
    <message>
        <source>epoch</source>
        <translation>轮次</translation>
    </message>
    <message>
        <source>training time (h:min:s)</source>
        <translation>训练时间（时:分:秒）</translation>
    </message>
    <message>
        <source>step</source>
        <translation>步</translation>
    </message>
    <message>
        <source>step %1</source>
        <translation>第 %1 步</translation>
    </message>
    <message>
        <source>epoch %1</source>
        <translation>第 %1 轮</translation>
    </message>
    <message>
        <source>%1 tokens</source>
        <translation>%1 个词元</translation>
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
    <message>
        <source>&lt;p&gt;&lt;b&gt;Search…&lt;/b&gt; is what the strategy GuiLoMo needs first: it learns experts and ranks from the project’s rows. It can be cancelled and goes on later; its result fills the preview.&lt;/p&gt;</source>
        <translation>&lt;p&gt;&lt;b&gt;搜索…&lt;/b&gt;是 GuiLoMo 策略的前提：它从项目数据行学习专家数和秩。可以取消并在以后继续；其结果会填入预览。&lt;/p&gt;</translation>
    </message>
</context>
<context>
    <name>StudyHelp</name>
    <message>
        <source>&lt;b&gt;What you see.&lt;/b&gt; A study trains every allocation on every task with several seeds. A row is an allocation, a column a task; the number is the mean over the seeds. The first allocation is the baseline: blue cells are better than it, orange ones worse. A triangle and bold numbers mark differences whose interval does not hold 0.</source>
        <translation>&lt;b&gt;您看到的内容。&lt;/b&gt;一项研究用多个种子在每个任务上训练每种分配。一行是一种分配，一列是一个任务；数字是各种子的平均值。第一种分配是基准：蓝色单元格比它好，橙色的比它差。三角形和粗体数字表示区间不含 0 的差异。</translation>
    </message>
    <message>
        <source>&lt;b&gt;What may be concluded.&lt;/b&gt; Differences are paired by task and seed, and by test row where runs kept their predictions. The last column and the sentence hold after Holm&apos;s correction over all comparisons of the study. “No clear difference” is no proof of equality: more seeds or more test rows may tell.</source>
        <translation>&lt;b&gt;可以得出的结论。&lt;/b&gt;差异按任务和种子配对；运行保留了预测时，也按测试行配对。最后一列和结论句在对整项研究的所有比较做 Holm 校正后成立。“无明显差异”并不证明相同：更多种子或测试行可能会分出高下。</translation>
    </message>
    <message>
        <source>&lt;b&gt;Values against parameters&lt;/b&gt; draws means with intervals and the front of what is both small and good; hollow points were published by others, mostly on other base models. &lt;b&gt;Mean ranks&lt;/b&gt; joins allocations that do not differ by the critical difference. &lt;b&gt;Experts by task&lt;/b&gt; shows, for joint runs, whether routers send tasks to experts of their own.</source>
        <translation>&lt;b&gt;数值与参数&lt;/b&gt;绘出带区间的平均值以及既小又好的前沿；空心点由他人发表，多基于其他基座模型。&lt;b&gt;平均名次&lt;/b&gt;把差距不超过临界差的分配连在一起。&lt;b&gt;各任务的专家&lt;/b&gt;显示联合运行的路由器是否把任务送到各自的专家。</translation>
    </message>
    <message>
        <source>&lt;b&gt;Keys.&lt;/b&gt; Arrows move over the table, Return shows the runs of a cell, Ctrl+C copies the selected cells, F5 reads again, Ctrl+Shift+T plans a new study.</source>
        <translation>&lt;b&gt;按键。&lt;/b&gt;方向键在表格中移动，回车显示单元格的运行，Ctrl+C 复制所选单元格，F5 重新读取，Ctrl+Shift+T 规划新研究。</translation>
    </message>
    <message>
        <source>&lt;b&gt;Next:&lt;/b&gt; “New study…” says how many runs, hours and gigabytes it takes before anything starts. A study that was stopped goes on with “Continue”; hilo study extend adds seeds, tasks or allocations without training anything twice. “Report…” writes the table for papers.</source>
        <translation>&lt;b&gt;下一步：&lt;/b&gt;“新建研究…”会在开始前说明需要多少次运行、多少小时和多少 GB。停止的研究用“继续”接着进行；hilo study extend 可增加种子、任务或分配而不重复训练。“报告…”为论文写出表格。</translation>
    </message>
    <message>
        <source>&lt;i&gt;Critical differences after Demšar 2006, corrected comparisons after Holm 1979, paired test rows after McNemar 1947. Details: docs/statistics.md.&lt;/i&gt;</source>
        <translation>&lt;i&gt;临界差依据 Demšar 2006，多重比较校正依据 Holm 1979，测试行配对依据 McNemar 1947。详见 docs/statistics.md。&lt;/i&gt;</translation>
    </message>
</context>
<context>
    <name>StudyRunsProgress</name>
    <message numerus="yes">
        <source>%1 of %n run(s) finished</source>
        <translation>
            <numerusform>已完成 %1 / %n 次运行</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n running</source>
        <translation>
            <numerusform>%n 个运行中</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation>
            <numerusform>%n 个等待中</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n 个失败</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not queued</source>
        <translation>
            <numerusform>%n 个未排队</numerusform>
        </translation>
    </message>
    <message>
        <source>about %1 left</source>
        <translation>约剩 %1</translation>
    </message>
</context>
<context>
    <name>StudyWords</name>
    <message>
        <source>This speaks of this task only.</source>
        <translation>这只说明该任务。</translation>
    </message>
    <message>
        <source>This speaks of these two tasks only.</source>
        <translation>这只说明这两个任务。</translation>
    </message>
    <message>
        <source>It is clear on these tasks; over tasks of this kind in general it is not.</source>
        <translation>在这些任务上是明确的；对这类任务总体而言并不明确。</translation>
    </message>
    <message>
        <source>Better than %1: %2.</source>
        <translation>优于 %1：%2。</translation>
    </message>
    <message>
        <source>Worse than %1: %2.</source>
        <translation>差于 %1：%2。</translation>
    </message>
    <message>
        <source>No clear difference from %1: %2.</source>
        <translation>与 %1 无明显差异：%2。</translation>
    </message>
    <message>
        <source>Differ from %1 in single runs only, which says nothing of other seeds: %2.</source>
        <translation>仅在单次运行中与 %1 不同，不能说明其他种子：%2。</translation>
    </message>
    <message>
        <source>Nothing says how sure the difference from %1 is: %2.</source>
        <translation>没有依据说明与 %1 的差异有多可靠：%2。</translation>
    </message>
    <message>
        <source>Not compared with %1 yet: %2.</source>
        <translation>尚未与 %1 比较：%2。</translation>
    </message>
    <message>
        <source>p &lt; 0.001</source>
        <translation>p &lt; 0.001</translation>
    </message>
    <message>
        <source>p = %1</source>
        <translation>p = %1</translation>
    </message>
    <message>
        <source>Nothing is measured yet that compares %1 and %2.</source>
        <translation>尚无可用于比较 %1 与 %2 的测量。</translation>
    </message>
    <message>
        <source>The tasks&apos; metrics have no mean that %1 and %2 could be compared by.</source>
        <translation>各任务的指标没有可用于比较 %1 与 %2 的平均值。</translation>
    </message>
    <message numerus="yes">
        <source>Nothing says how sure the difference between %1 and %2 is: %3 from %n pair(s) of runs that all differ by the same.</source>
        <translation>
            <numerusform>没有依据说明 %1 与 %2 的差异有多可靠：%n 对运行得出 %3，且差异都相同。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Nothing says how sure the difference between %1 and %2 is: %3 from %n pair(s) of runs.</source>
        <translation>
            <numerusform>没有依据说明 %1 与 %2 的差异有多可靠：%n 对运行得出 %3。</numerusform>
        </translation>
    </message>
    <message>
        <source>More seeds or kept predictions would.</source>
        <translation>增加种子或保留预测即可说明。</translation>
    </message>
    <message>
        <source>The runs of %1 and %2 differ by more than their test rows explain: %3. One seed says nothing of other seeds, so this is no difference between the allocations yet.</source>
        <translation>%1 与 %2 的运行之差超出测试行所能解释的范围：%3。一个种子不能说明其他种子，因此这还不是分配之间的差异。</translation>
    </message>
    <message>
        <source>No clear difference between %1 and %2: %3.</source>
        <translation>%1 与 %2 之间无明显差异：%3。</translation>
    </message>
    <message>
        <source>Fewer than three pairs of runs are never called a difference.</source>
        <translation>少于三对运行时从不判定为差异。</translation>
    </message>
    <message>
        <source>%1 is better than %2: %3.</source>
        <translation>%1 优于 %2：%3。</translation>
    </message>
    <message>
        <source>%1 is worse than %2: %3.</source>
        <translation>%1 差于 %2：%3。</translation>
    </message>
    <message>
        <source>Nothing is measured yet.</source>
        <translation>尚无测量。</translation>
    </message>
    <message>
        <source>One allocation is compared with nothing.</source>
        <translation>只有一种分配，没有可比较的对象。</translation>
    </message>
    <message>
        <source>%1 against %2</source>
        <comment>two allocations</comment>
        <translation>%1 对 %2</translation>
    </message>
    <message numerus="yes">
        <source>95 % intervals; p after Holm&apos;s correction over %n comparison(s).</source>
        <translation>
            <numerusform>95 % 区间；p 为对 %n 项比较做 Holm 校正后的值。</numerusform>
        </translation>
    </message>
    <message>
        <source>The tasks are measured by %1, which have no common scale: there is no mean over them and no comparison of means; ranks are compared.</source>
        <translation>各任务按 %1 测量，没有共同尺度：因此没有跨任务的平均值，也不比较平均值；只比较名次。</translation>
    </message>
    <message>
        <source>The mean is over different metrics: %1.</source>
        <translation>平均值跨越不同指标：%1。</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n run(s) have finished; the numbers are of these.</source>
        <translation>
            <numerusform>%n 次运行中已完成 %1 次；数值来自这些运行。</numerusform>
        </translation>
    </message>
    <message>
        <source>No value yet of %1 on %2, so it has no mean over the tasks.</source>
        <translation>%1 在 %2 上尚无数值，因此没有跨任务平均值。</translation>
    </message>
    <message>
        <source>One seed only on %1: its intervals know of test rows, not of what another seed changes.</source>
        <translation>%1 上只有一个种子：区间考虑了测试行，但不知道换种子的影响。</translation>
    </message>
    <message>
        <source>The search chose the lowest learning rate that it was given, %1, for %2. A lower one may be better.</source>
        <translation>搜索为 %2 选了给定的最低学习率 %1。更低的可能更好。</translation>
    </message>
    <message>
        <source>The search chose the highest learning rate that it was given, %1, for %2. A higher one may be better.</source>
        <translation>搜索为 %2 选了给定的最高学习率 %1。更高的可能更好。</translation>
    </message>
    <message>
        <source>One seed only and no predictions of single rows on %1: its values have no interval.</source>
        <translation>%1 上只有一个种子且没有逐行预测：其数值没有区间。</translation>
    </message>
    <message numerus="yes">
        <source>Mean ranks are over %1 of %n task(s): those of which all allocations have a value.</source>
        <translation>
            <numerusform>平均名次基于 %n 个任务中的 %1 个：即所有分配都有数值的任务。</numerusform>
        </translation>
    </message>
    <message>
        <source>Not a number, left out: %1, %2, seed %3 (run %4).</source>
        <translation>不是数值，已略去：%1，%2，种子 %3（运行 %4）。</translation>
    </message>
    <message>
        <source>The runs of task %1 answered different numbers of test rows; they are not compared row by row.</source>
        <translation>任务 %1 的各次运行回答的测试行数不同；不做逐行比较。</translation>
    </message>
    <message>
        <source>The predictions kept of task %1 do not give its %2; its runs are not compared row by row.</source>
        <translation>任务 %1 保留的预测算不出其 %2；不做逐行比较。</translation>
    </message>
    <message numerus="yes">
        <source>Of task %1, %2 of %n run(s) kept no predictions of single rows.</source>
        <translation>
            <numerusform>任务 %1 的 %n 次运行中有 %2 次没有保留逐行预测。</numerusform>
        </translation>
    </message>
    <message>
        <source>The allocations take steps of different sizes: what their experts give is multiplied by %1 (%2) to %3 (%4), on the mean. One may win by that alone. Give all the scale of the first one, or look for each one&apos;s learning rate.</source>
        <translation>各分配的步长不同：专家输出平均乘以 %1（%2）到 %3（%4）。仅此就可能让某一种胜出。请让所有分配使用第一种的缩放，或为每种分配搜索学习率。</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>an allocation and what its map says</comment>
        <translation>%1：%2</translation>
    </message>
</context>
<context>
    <name>hilo::AgreementModel</name>
    <message>
        <source>%1 and %2: no correlation, one of them is the same in every layer</source>
        <translation>%1 与 %2：无相关，其中之一在各层相同</translation>
    </message>
    <message>
        <source>they rank the layers much alike</source>
        <translation>两者对各层的排序非常相似</translation>
    </message>
    <message>
        <source>they rank the layers somewhat alike</source>
        <translation>两者对各层的排序有些相似</translation>
    </message>
    <message>
        <source>one says little about the other</source>
        <translation>两者关系不大</translation>
    </message>
    <message>
        <source>they tend to opposite orders</source>
        <translation>两者倾向于相反的排序</translation>
    </message>
    <message>
        <source>they rank the layers in opposite order</source>
        <translation>两者对各层的排序相反</translation>
    </message>
    <message numerus="yes">
        <source>%1 and %2: %3 over %n layer(s), %4</source>
        <translation>
            <numerusform>%1 与 %2：在 %n 层上为 %3，%4</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Spearman over %n layer(s). “%1” and “%2” differ most (%3)</source>
        <translation>
            <numerusform>%n 层上的 Spearman 相关。“%1”与“%2”差异最大（%3）</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: a map that is built on one is not supported by the other.</source>
        <translation>%1：基于其一的分配图得不到另一个的支持。</translation>
    </message>
    <message>
        <source>%1; all of them rank the layers alike.</source>
        <translation>%1；所有信号对各层的排序相似。</translation>
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
        <source>trainable</source>
        <translation>可训练</translation>
    </message>
    <message>
        <source>Ranks of layer %1 %2</source>
        <translation>第 %1 层 %2 的秩</translation>
    </message>
    <message>
        <source>%1 is %2 × %3: a rank can be at most %4.</source>
        <translation>%1 为 %2 × %3：秩最大为 %4。</translation>
    </message>
    <message>
        <source>Layer %1 has no %2.</source>
        <translation>第 %1 层没有 %2。</translation>
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
    <message>
        <source>The search is finished; the preview shows the map that it found.</source>
        <translation>搜索已完成；预览显示它找到的分配图。</translation>
    </message>
    <message>
        <source>“%1” was changed on disk and is shown as it is there; Ctrl+Z takes it back.</source>
        <translation>“%1”在磁盘上已被更改，现按磁盘内容显示；按 Ctrl+Z 可撤销。</translation>
    </message>
    <message>
        <source>“%1” was changed on disk as well; saving shows the differences.</source>
        <translation>“%1”在磁盘上也被更改；保存时会显示差异。</translation>
    </message>
    <message>
        <source>The map was changed elsewhere</source>
        <translation>分配图已在别处被更改</translation>
    </message>
    <message>
        <source>“%1” was changed on disk since it was opened here, by another window or program.</source>
        <translation>自在此打开以来，“%1”已被另一个窗口或程序在磁盘上更改。</translation>
    </message>
    <message>
        <source>Changed only here: %1 modules. Only there: %2. Differently in both: %3.</source>
        <translation>仅此处更改：%1 个模块；仅磁盘上更改：%2；两边更改不同：%3。</translation>
    </message>
    <message>
        <source>Merged, these keep what they are here.</source>
        <translation>合并后，这些保留此处的内容。</translation>
    </message>
    <message>
        <source>layer %1 %2: here %3, on disk %4</source>
        <translation>第 %1 层 %2：此处 %3，磁盘上 %4</translation>
    </message>
    <message>
        <source>Merge and save</source>
        <translation>合并并保存</translation>
    </message>
    <message>
        <source>Take the one on disk</source>
        <translation>采用磁盘上的</translation>
    </message>
    <message>
        <source>Overwrite it</source>
        <translation>覆盖</translation>
    </message>
    <message>
        <source>Take the map on disk</source>
        <translation>采用磁盘上的分配图</translation>
    </message>
    <message>
        <source>Merge with the map on disk</source>
        <translation>与磁盘上的分配图合并</translation>
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
    <message numerus="yes">
        <source>%n cell(s) were left: their layers have no such module.</source>
        <translation>
            <numerusform>保留了 %n 个单元格：其所在层没有此模块。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hilo::BenchmarkDialog</name>
    <message>
        <source>Benchmark</source>
        <translation>基准测试</translation>
    </message>
    <message>
        <source>Splits</source>
        <translation>划分</translation>
    </message>
    <message>
        <source>Published results</source>
        <translation>已发表结果</translation>
    </message>
    <message>
        <source>The same check as a command</source>
        <translation>同样检查的命令</translation>
    </message>
    <message>
        <source>The same check as a line for the terminal</source>
        <translation>在终端中执行同样检查的命令行</translation>
    </message>
    <message>
        <source>Use benchmark</source>
        <translation>使用该基准</translation>
    </message>
    <message>
        <source>Take its rows, template, splits and measure for this task</source>
        <translation>此任务采用它的行、模板、划分和指标</translation>
    </message>
    <message>
        <source>Reading the list of benchmarks …</source>
        <translation>正在读取基准列表…</translation>
    </message>
    <message>
        <source>A published set of rows that others report numbers of</source>
        <translation>公开的数据行，他人据此报告数值</translation>
    </message>
    <message>
        <source>Protocol</source>
        <translation>协议</translation>
    </message>
    <message>
        <source>Whose prompts and measure: only numbers of one protocol compare</source>
        <translation>采用谁的提示和指标：只有同一协议的数值可比</translation>
    </message>
    <message>
        <source>Folder of the data</source>
        <translation>数据文件夹</translation>
    </message>
    <message>
        <source>The folder as it was published, in any of its forms, or org/name of the Hugging Face cache</source>
        <translation>按发布时的原样（任一形式）的文件夹，或 Hugging Face 缓存中的 org/name</translation>
    </message>
    <message>
        <source>Folder…</source>
        <translation>文件夹…</translation>
    </message>
    <message>
        <source>Choose the benchmark&apos;s folder</source>
        <translation>选择基准的文件夹</translation>
    </message>
    <message>
        <source>&amp;Benchmark</source>
        <translation>基准(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Protocol</source>
        <translation>协议(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Folder</source>
        <translation>文件夹(&amp;F)</translation>
    </message>
    <message>
        <source>Data: %1 on the Hugging Face hub.</source>
        <translation>数据：Hugging Face hub 上的 %1。</translation>
    </message>
    <message>
        <source>Licence: %1.</source>
        <translation>许可：%1。</translation>
    </message>
    <message>
        <source>Always giving the most frequent answer scores %1 %.</source>
        <translation>始终给出最常见答案可得 %1 %。</translation>
    </message>
    <message>
        <source>Guessing scores %1 %.</source>
        <translation>随机猜测可得 %1 %。</translation>
    </message>
    <message>
        <source>Asked with the template %1, scored by %2 (%3). Source: %4.</source>
        <translation>用模板 %1 提问，按 %2 评分（%3）。来源：%4。</translation>
    </message>
    <message>
        <source>Choose the folder that holds the benchmark&apos;s files as they were published.</source>
        <translation>请选择存放基准原始发布文件的文件夹。</translation>
    </message>
    <message>
        <source>Reading the folder …</source>
        <translation>正在读取文件夹…</translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) cannot be used.</source>
        <translation>
            <numerusform>%Ln 行无法使用。</numerusform>
        </translation>
    </message>
    <message>
        <source>Read as “%1”.</source>
        <translation>按“%1”读取。</translation>
    </message>
    <message>
        <source>The split that is scored, %1, has no rows here: the benchmark&apos;s number cannot be measured.</source>
        <translation>用于评分的划分 %1 在此没有数据行：无法测量该基准的数值。</translation>
    </message>
</context>
<context>
    <name>hilo::BenchmarkSplitModel</name>
    <message>
        <source>published without labels: not read</source>
        <translation>发布时无标签：不读取</translation>
    </message>
    <message>
        <source>scored; not the published rows</source>
        <translation>用于评分；与发布的行不符</translation>
    </message>
    <message>
        <source>not the published rows</source>
        <translation>与发布的行不符</translation>
    </message>
    <message>
        <source>scored</source>
        <translation>用于评分</translation>
    </message>
    <message>
        <source>%1 %2: %3</source>
        <comment>a split, the column, its text</comment>
        <translation>%1，%2：%3</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>划分</translation>
    </message>
    <message>
        <source>Published rows</source>
        <translation>发布的行数</translation>
    </message>
    <message>
        <source>Rows here</source>
        <translation>此处行数</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>被拒</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
</context>
<context>
    <name>hilo::BlockPicture</name>
    <message>
        <source>One block of the model</source>
        <translation>模型的一个块</translation>
    </message>
    <message>
        <source>What the branch makes is added to what it read.</source>
        <translation>该分支的结果加到它读取的内容上。</translation>
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
    <message numerus="yes">
        <source>The base model has %Ln expert(s) here, each gets a LoRA of one rank</source>
        <translation>
            <numerusform>基础模型在此有 %Ln 个专家，每个都获得同一秩的 LoRA</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hilo::CheckpointModel</name>
    <message>
        <source>✓ kept</source>
        <translation>✓ 保留</translation>
    </message>
    <message>
        <source>✓ valid</source>
        <translation>✓ 有效</translation>
    </message>
    <message>
        <source>A run can go on from here. %1</source>
        <translation>运行可从此继续。%1</translation>
    </message>
    <message>
        <source>It is never removed to make room.</source>
        <translation>不会为腾出空间而删除。</translation>
    </message>
    <message>
        <source>A run cannot go on from here: %1</source>
        <translation>运行无法从此继续：%1</translation>
    </message>
    <message>
        <source>step %1, loss %2, %3, %4</source>
        <translation>第 %1 步，损失 %2，%3，%4</translation>
    </message>
    <message>
        <source>step</source>
        <translation>步</translation>
    </message>
    <message>
        <source>loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>state</source>
        <translation>状态</translation>
    </message>
</context>
<context>
    <name>hilo::ColourScale</name>
    <message>
        <source>Colour scale</source>
        <translation>色标</translation>
    </message>
    <message>
        <source>from %1 to %2</source>
        <translation>从 %1 到 %2</translation>
    </message>
</context>
<context>
    <name>hilo::CommandDialog</name>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy this command</source>
        <translation>复制此命令</translation>
    </message>
    <message>
        <source>Copy: %1</source>
        <translation>复制：%1</translation>
    </message>
</context>
<context>
    <name>hilo::CommandPalette</name>
    <message>
        <source>Commands</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>What do you want to do, see or open?</source>
        <translation>您想做什么、查看或打开什么？</translation>
    </message>
    <message>
        <source>Find a command, page, run, map, setting or help</source>
        <translation>查找命令、页面、运行、分配图、设置或帮助</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>查找结果</translation>
    </message>
    <message>
        <source>Nothing is called so.</source>
        <translation>没有这个名称。</translation>
    </message>
</context>
<context>
    <name>hilo::CompareCharts</name>
    <message>
        <source>Curves of the selected runs</source>
        <translation>所选运行的曲线</translation>
    </message>
    <message>
        <source>Scatter</source>
        <translation>散点图</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>曲线</translation>
    </message>
    <message>
        <source>The chosen metric of all runs against their size</source>
        <translation>所有运行的所选指标与其规模</translation>
    </message>
    <message>
        <source>Scatter or curves</source>
        <translation>散点图或曲线</translation>
    </message>
    <message>
        <source>Colour by</source>
        <translation>着色依据</translation>
    </message>
    <message>
        <source>The setting that gives points their colour; any key can be typed</source>
        <translation>决定点颜色的设置；可输入任意键</translation>
    </message>
    <message>
        <source>Symbol by</source>
        <translation>符号依据</translation>
    </message>
    <message>
        <source>The setting that gives points their symbol; any key can be typed</source>
        <translation>决定点符号的设置；可输入任意键</translation>
    </message>
    <message>
        <source>Metric of the curves</source>
        <translation>曲线指标</translation>
    </message>
    <message>
        <source>What the curves of the selected runs show</source>
        <translation>所选运行的曲线显示的内容</translation>
    </message>
    <message>
        <source>trainable parameters</source>
        <translation>可训练参数</translation>
    </message>
    <message>
        <source>active parameters per token</source>
        <translation>每词元激活参数</translation>
    </message>
    <message>
        <source>Horizontal axis</source>
        <translation>横轴</translation>
    </message>
    <message>
        <source>metric</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>against</source>
        <translation>对比</translation>
    </message>
    <message>
        <source>colour</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>symbol</source>
        <translation>符号</translation>
    </message>
    <message>
        <source>loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>gradient norm</source>
        <translation>梯度范数</translation>
    </message>
    <message>
        <source>tokens/s</source>
        <translation>词元/秒</translation>
    </message>
    <message>
        <source>learning rate</source>
        <translation>学习率</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) have finished without this metric; they are in the table only.</source>
        <translation>
            <numerusform>有 %n 行已完成但没有该指标；它们只在表格中。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) without a result or parameters are in the table only.</source>
        <translation>
            <numerusform>有 %n 行没有结果或参数，只在表格中。</numerusform>
        </translation>
    </message>
    <message>
        <source>These means go over different tasks; choose one task to compare the same.</source>
        <translation>这些平均值涵盖的任务不同；请选择一个任务，以便比较相同的内容。</translation>
    </message>
    <message>
        <source>So many points: intervals are drawn for the front and for what is selected.</source>
        <translation>点太多：只为前沿和所选项绘制区间。</translation>
    </message>
    <message>
        <source>Select rows in the table to see their curves.</source>
        <translation>在表中选择行以查看其曲线。</translation>
    </message>
    <message>
        <source>seconds of training</source>
        <translation>训练秒数</translation>
    </message>
    <message>
        <source>bytes of peak memory</source>
        <translation>峰值内存字节数</translation>
    </message>
    <message>
        <source>experts</source>
        <translation>专家</translation>
    </message>
    <message>
        <source>sum of ranks</source>
        <translation>秩之和</translation>
    </message>
    <message>
        <source>strategy</source>
        <translation>策略</translation>
    </message>
    <message>
        <source>What the metric is weighed against; any setting, metric or cost can be typed. The front follows where less is better</source>
        <translation>指标与之权衡的量；可以输入任何设置、指标或代价。越少越好时，前沿随之变化</translation>
    </message>
    <message>
        <source>the metric</source>
        <translation>该指标</translation>
    </message>
    <message>
        <source>last training loss</source>
        <translation>最后的训练损失</translation>
    </message>
    <message>
        <source>lowest training loss</source>
        <translation>最低训练损失</translation>
    </message>
    <message>
        <source>Vertical axis</source>
        <translation>纵轴</translation>
    </message>
    <message>
        <source>What stands upright: the metric, or any setting, metric or cost; any key can be typed</source>
        <translation>纵向显示的量：该指标，或任何设置、指标或代价；可以输入任何键</translation>
    </message>
    <message>
        <source>upright</source>
        <translation>纵向</translation>
    </message>
    <message>
        <source>Mean and band</source>
        <translation>均值与区间带</translation>
    </message>
    <message>
        <source>Of rows of several runs the mean with its 95 % interval over them, by Student&apos;s t; else every run</source>
        <translation>对含多个运行的行，显示其均值及按学生 t 分布的 95 % 区间；否则显示每个运行</translation>
    </message>
    <message>
        <source>Not drawn, because their logs do not tell this axis: %1</source>
        <translation>未绘制，因为它们的日志没有说明该轴：%1</translation>
    </message>
</context>
<context>
    <name>hilo::CompareFilterBar</name>
    <message>
        <source>Group seeds</source>
        <translation>合并种子</translation>
    </message>
    <message>
        <source>Filter, for example: accuracy &gt; 0.8 and map.strategy.name = hilo</source>
        <translation>过滤，例如：accuracy &gt; 0.8 and map.strategy.name = hilo</translation>
    </message>
    <message>
        <source>Filter expression</source>
        <translation>过滤表达式</translation>
    </message>
    <message>
        <source>Conditions over settings and results, joined by and, or, not and brackets (Ctrl+F; F1 explains)</source>
        <translation>用 and、or、not 和括号连接设置与结果的条件（Ctrl+F；F1 有说明）</translation>
    </message>
    <message>
        <source>Examples</source>
        <translation>示例</translation>
    </message>
    <message>
        <source>What a filter can ask for</source>
        <translation>筛选可以询问什么</translation>
    </message>
    <message>
        <source>One row for runs that differ in name and seed only: mean and interval</source>
        <translation>仅名称和种子不同的运行合为一行：均值和区间</translation>
    </message>
    <message>
        <source>no setting</source>
        <translation>不按设置</translation>
    </message>
    <message>
        <source>Group by a setting</source>
        <translation>按设置分组</translation>
    </message>
    <message>
        <source>One row for all runs with the same value of a setting; any key can be typed. Its value is the mean over their settings, each with the mean over its seeds</source>
        <translation>某设置取值相同的所有运行合为一行；可以输入任何键。其值为各种设置的均值，每种设置先对种子取均值</translation>
    </message>
    <message>
        <source>group by</source>
        <translation>分组依据</translation>
    </message>
</context>
<context>
    <name>hilo::CompareInspector</name>
    <message>
        <source>Facts of what is selected</source>
        <translation>所选项信息</translation>
    </message>
    <message>
        <source>Settings that differ</source>
        <translation>不同的设置</translation>
    </message>
    <message>
        <source>None but the seed and the name.</source>
        <translation>除种子和名称外没有不同。</translation>
    </message>
    <message>
        <source>Maps</source>
        <translation>分配图</translation>
    </message>
    <message>
        <source>Open map</source>
        <translation>打开分配图</translation>
    </message>
    <message>
        <source>Open this run&apos;s map on the page Allocation</source>
        <translation>在“分配”页打开此运行的分配图</translation>
    </message>
    <message>
        <source>Run again…</source>
        <translation>再次运行…</translation>
    </message>
    <message>
        <source>A new run with the settings of this one</source>
        <translation>用此运行的设置新建运行</translation>
    </message>
    <message>
        <source>Show run</source>
        <translation>显示运行</translation>
    </message>
    <message>
        <source>Its charts and its log on the page Runs</source>
        <translation>在“运行”页显示其图表和日志</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>固定</translation>
    </message>
    <message>
        <source>Compare the others with this one</source>
        <translation>将其他与此比较</translation>
    </message>
    <message>
        <source>Try</source>
        <translation>试用</translation>
    </message>
    <message>
        <source>Ask its adapter on the page Try</source>
        <translation>在“试用”页试用其适配器</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Take its adapter to other programs, on the page Export</source>
        <translation>在“导出”页将其适配器导出到其他程序</translation>
    </message>
    <message>
        <source>The command that prints this table</source>
        <translation>打印此表的命令</translation>
    </message>
    <message>
        <source>The command that prints this table in a terminal</source>
        <translation>在终端打印此表的命令</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy the command</source>
        <translation>复制命令</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Nothing is selected</source>
        <translation>未选择</translation>
    </message>
    <message>
        <source>Click a point or a row. Two of them, or one and a pinned baseline, are compared here.</source>
        <translation>点击一个点或一行。这里比较其中两个，或一个与固定的基准。</translation>
    </message>
    <message>
        <source>%1 against %2</source>
        <translation>%1 对比 %2</translation>
    </message>
    <message numerus="yes">
        <source> and %n more</source>
        <translation>
            <numerusform> 以及另外 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>Paired difference</source>
        <translation>配对差异</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>Trainable</source>
        <translation>可训练</translation>
    </message>
    <message>
        <source>Active per token</source>
        <translation>每词元激活</translation>
    </message>
    <message>
        <source>Seeds</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>Trained for</source>
        <translation>训练时长</translation>
    </message>
    <message>
        <source>Strategy</source>
        <translation>策略</translation>
    </message>
    <message>
        <source>Sum of ranks, layer 0 on top; lighter is more.</source>
        <translation>秩总和，第 0 层在上；越亮越大。</translation>
    </message>
    <message>
        <source>The maps are the same.</source>
        <translation>两张分配图相同。</translation>
    </message>
    <message numerus="yes">
        <source>Below: where they differ in %n module(s). Blue, stroke on the left: the first has more ranks; orange, stroke on the right: the second has.</source>
        <translation>
            <numerusform>下方：两者在 %n 个模块上不同。蓝色、左侧条：第一张秩更大；橙色、右侧条：第二张更大。</numerusform>
        </translation>
    </message>
    <message>
        <source> against %1</source>
        <translation>，对比 %1</translation>
    </message>
    <message>
        <source>No clear difference: %1</source>
        <translation>没有明显差异：%1</translation>
    </message>
    <message>
        <source>A clear difference: %1 is better</source>
        <translation>差异明显：%1更好</translation>
    </message>
    <message>
        <source>A clear difference: %1 is worse</source>
        <translation>差异明显：%1更差</translation>
    </message>
    <message>
        <source>%1, standard deviation %2</source>
        <translation>%1，标准差 %2</translation>
    </message>
    <message>
        <source>Row by row…</source>
        <translation>逐行比较…</translation>
    </message>
    <message>
        <source>Which rows one of the two answers rightly and the other does not</source>
        <translation>两者中一个答对而另一个答错的行</translation>
    </message>
</context>
<context>
    <name>hilo::CompareModel</name>
    <message>
        <source>baseline</source>
        <translation>基准</translation>
    </message>
    <message>
        <source>%1, no clear difference</source>
        <translation>%1，无明显差异</translation>
    </message>
    <message>
        <source>The baseline that the others are compared with</source>
        <translation>其他运行与之比较的基准</translation>
    </message>
    <message>
        <source>Double click to compare the others with this one</source>
        <translation>双击以将其他与此比较</translation>
    </message>
    <message numerus="yes">
        <source>Mean of %n seed(s) with its 95 % interval by Student&apos;s t</source>
        <translation>
            <numerusform>%n 个种子的均值及 95 % Student t 区间</numerusform>
        </translation>
    </message>
    <message>
        <source>With the 95 % interval of its evaluation</source>
        <translation>含评估的 95 % 区间</translation>
    </message>
    <message numerus="yes">
        <source>Mean difference over %n common seed(s), with its 95 % interval</source>
        <translation>
            <numerusform>%n 个共同种子的平均差异及 95 % 区间</numerusform>
        </translation>
    </message>
    <message>
        <source>not the baseline</source>
        <translation>不是基准</translation>
    </message>
    <message>
        <source>on the Pareto front</source>
        <translation>在帕累托前沿上</translation>
    </message>
    <message>
        <source>not on the Pareto front</source>
        <translation>不在帕累托前沿上</translation>
    </message>
    <message>
        <source>run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>map</source>
        <translation>分配图</translation>
    </message>
    <message>
        <source>trainable</source>
        <translation>可训练</translation>
    </message>
    <message>
        <source>active</source>
        <translation>激活</translation>
    </message>
    <message>
        <source>seeds</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>front</source>
        <translation>前沿</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>未测量</translation>
    </message>
    <message>
        <source>The run has finished, and its result does not hold this.</source>
        <translation>运行已完成，但其结果中没有这一项。</translation>
    </message>
    <message>
        <source>The run has no result yet.</source>
        <translation>运行尚无结果。</translation>
    </message>
    <message>
        <source>a task without a name</source>
        <translation>无名称的任务</translation>
    </message>
    <message numerus="yes">
        <source>Mean over %n task(s): %1</source>
        <translation>
            <numerusform>%n 个任务的平均值：%1</numerusform>
        </translation>
    </message>
    <message>
        <source>Task %1</source>
        <translation>任务 %1</translation>
    </message>
    <message>
        <source>Difference of two values; not clear while their intervals overlap</source>
        <translation>两个值之差；区间重叠时不算明显</translation>
    </message>
    <message>
        <source>On the Pareto front: nothing is both smaller and better</source>
        <translation>在帕累托前沿上：没有既更小又更好的</translation>
    </message>
    <message>
        <source>Δ to baseline</source>
        <translation>与基准之差 Δ</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Runs with the same seed count once: the one that ended last.</source>
        <translation>种子相同的运行只计一次：以最后结束的为准。</translation>
    </message>
</context>
<context>
    <name>hilo::ComparePage</name>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Save picture…</source>
        <translation>保存图片…</translation>
    </message>
    <message>
        <source>The chart as PNG, SVG or PDF</source>
        <translation>将图表保存为 PNG、SVG 或 PDF</translation>
    </message>
    <message>
        <source>Save table…</source>
        <translation>保存表格…</translation>
    </message>
    <message>
        <source>The table as CSV</source>
        <translation>将表格保存为 CSV</translation>
    </message>
    <message>
        <source>Table of runs</source>
        <translation>运行表</translation>
    </message>
    <message>
        <source>Runs belong to a project. Open one or make one on the start page (Ctrl+1).</source>
        <translation>运行属于项目。请在开始页（Ctrl+1）打开或新建项目。</translation>
    </message>
    <message>
        <source>Reading the runs …</source>
        <translation>正在读取运行 …</translation>
    </message>
    <message>
        <source>No run passes this filter.</source>
        <translation>没有运行符合此过滤条件。</translation>
    </message>
    <message>
        <source>There are no runs to compare yet. Queue some on the page Allocation or Runs.</source>
        <translation>还没有可比较的运行。请在“分配”或“运行”页加入队列。</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %Ln run(s), as %2 rows</source>
        <translation>
            <numerusform>%Ln 个运行中的 %1 个，显示为 %2 行</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n run(s)</source>
        <translation>
            <numerusform>%n 个运行中的 %1 个</numerusform>
        </translation>
    </message>
    <message>
        <source>No baseline is pinned any more.</source>
        <translation>已取消基准。</translation>
    </message>
    <message>
        <source>“%1” is the baseline.</source>
        <translation>“%1”为基准。</translation>
    </message>
    <message>
        <source>Save picture</source>
        <translation>保存图片</translation>
    </message>
    <message>
        <source>SVG picture (*.svg);;PNG picture (*.png);;PDF document (*.pdf)</source>
        <translation>SVG 图片 (*.svg);;PNG 图片 (*.png);;PDF 文档 (*.pdf)</translation>
    </message>
    <message>
        <source>Saved %1</source>
        <translation>已保存 %1</translation>
    </message>
    <message>
        <source>Save table</source>
        <translation>保存表格</translation>
    </message>
    <message>
        <source>Table (*.csv)</source>
        <translation>表格 (*.csv)</translation>
    </message>
    <message>
        <source>&lt;h3&gt;A metric against size&lt;/h3&gt;&lt;p&gt;Each point is a run, or the mean of runs that differ in their seed only. Vertical lines are 95 % intervals: of one run as evaluated (of an accuracy: Wilson 1927), of several seeds by Student&apos;s t (1908). The line is the Pareto front: a point lies on it when nothing is both smaller and better.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Metric.&lt;/b&gt; Any number of the runs&apos; results, of one task or as the mean over a run&apos;s tasks. The program knows which way is better: of a loss the front goes down. Runs without the number stay in the table. Means over different tasks are no fair comparison; the page says so where there are some.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Trainable&lt;/b&gt; counts every parameter of the adapters and routers, &lt;b&gt;active&lt;/b&gt; those that one token uses: with top-k routing only k experts of a module. This axis is logarithmic.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Baseline.&lt;/b&gt; Pin a row (double click on its first column, or Ctrl+B) and the table shows the others against it, paired by seeds. While intervals overlap it says “no clear difference”: more seeds or more test rows make it clear, a higher number alone does not.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Filter&lt;/b&gt; with conditions over settings and results, joined by &lt;i&gt;and&lt;/i&gt;, &lt;i&gt;or&lt;/i&gt;, &lt;i&gt;not&lt;/i&gt; and brackets: &lt;code&gt;accuracy &amp;gt; 0.8 and (training.learning_rate &amp;lt;= 3e-4 or map.strategy.name = mola)&lt;/code&gt;. Operators are = != &amp;lt; &amp;lt;= &amp;gt; &amp;gt;= and ~ (contains). &lt;code&gt;loss@cola &amp;lt; 1.5&lt;/code&gt; asks for the result of one task, &lt;code&gt;result.loss&lt;/code&gt; for the mean over tasks; the chosen metric may be named alone.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Select&lt;/b&gt; two rows to see only the settings that differ, and where their maps differ.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Next:&lt;/b&gt; open a map to shape it further, run it with more seeds, try or export its adapter.&lt;/p&gt;</source>
        <translation>&lt;h3&gt;指标与规模&lt;/h3&gt;&lt;p&gt;每个点是一次运行，或仅种子不同的多次运行的均值。竖线是 95 % 区间：单次运行按评估（准确率：Wilson 1927），多个种子按 Student t（1908）。折线是帕累托前沿：没有比它更小且更好的点位于其上。&lt;/p&gt;&lt;p&gt;&lt;b&gt;指标。&lt;/b&gt;结果中的任何数值：某一任务的，或运行各任务的平均值。程序知道哪个方向更好：损失的前沿向下。没有该数值的运行留在表格中。涵盖不同任务的平均值不可公平比较；有这种情况时页面会说明。&lt;/p&gt;&lt;p&gt;&lt;b&gt;可训练&lt;/b&gt;统计适配器和路由的全部参数，&lt;b&gt;激活&lt;/b&gt;只统计一个词元使用的参数：top-k 路由下每个模块只有 k 个专家。此轴为对数轴。&lt;/p&gt;&lt;p&gt;&lt;b&gt;基准。&lt;/b&gt;固定一行（双击第一列或按 Ctrl+B），表格即显示其他行相对它的差异，按种子配对。区间重叠时显示“无明显差异”：更多种子或更多测试行才能明确，仅仅数字更高不行。&lt;/p&gt;&lt;p&gt;&lt;b&gt;过滤&lt;/b&gt;：用 &lt;i&gt;and&lt;/i&gt;、&lt;i&gt;or&lt;/i&gt;、&lt;i&gt;not&lt;/i&gt; 和括号连接设置与结果的条件：&lt;code&gt;accuracy &amp;gt; 0.8 and (training.learning_rate &amp;lt;= 3e-4 or map.strategy.name = mola)&lt;/code&gt;。运算符为 = != &amp;lt; &amp;lt;= &amp;gt; &amp;gt;= 和 ~（包含）。&lt;code&gt;loss@cola &amp;lt; 1.5&lt;/code&gt; 查询某一任务的结果，&lt;code&gt;result.loss&lt;/code&gt; 查询各任务的平均值；所选指标可单独写出。&lt;/p&gt;&lt;p&gt;&lt;b&gt;选择&lt;/b&gt;两行即可只看不同的设置以及分配图的不同之处。&lt;/p&gt;&lt;p&gt;&lt;b&gt;下一步：&lt;/b&gt;打开分配图继续调整，用更多种子运行，试用或导出其适配器。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Pin or release the baseline</source>
        <translation>固定或取消基准</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>筛选</translation>
    </message>
    <message>
        <source>&lt;p&gt;&lt;b&gt;Axes.&lt;/b&gt; Each takes any setting, metric or cost; a front is drawn where less of the horizontal one is better. A strategy has the same colour and symbol in every project, and no filter changes what a point looks like.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Group by&lt;/b&gt; a setting makes one row of all runs with one value of it: each kind of settings counts once, with the mean over its seeds. &lt;b&gt;Views&lt;/b&gt; keep filter, axes, groups and columns under a name in the project&apos;s folder.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Row by row&lt;/b&gt; tells which test rows one of two runs answers rightly and the other does not, with McNemar&apos;s test (1947; exact up to 2,000 rows that differ). Of a row of several seeds it takes the first run.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Curves&lt;/b&gt; of a row of several seeds are their mean with its 95 % interval by Student&apos;s t at every step that two or more have reached.&lt;/p&gt;</source>
        <translation>&lt;p&gt;&lt;b&gt;坐标轴。&lt;/b&gt;每条轴都可取任何设置、指标或代价；当横轴越小越好时绘制前沿。同一策略在所有项目中颜色和符号相同，筛选不会改变点的外观。&lt;/p&gt;&lt;p&gt;&lt;b&gt;分组依据&lt;/b&gt;某设置时，该设置取值相同的所有运行合为一行：每种设置计一次，取其种子的均值。&lt;b&gt;视图&lt;/b&gt;将筛选、坐标轴、分组和列以名称保存在项目文件夹中。&lt;/p&gt;&lt;p&gt;&lt;b&gt;逐行比较&lt;/b&gt;说明两个运行中哪些测试行一个答对而另一个答错，并给出 McNemar 检验（1947；不同行不超过 2,000 时为精确检验）。对含多个种子的行取第一个运行。&lt;/p&gt;&lt;p&gt;&lt;b&gt;曲线&lt;/b&gt;：含多个种子的行显示其均值及按学生 t 分布的 95 % 区间，限于至少两个运行到达的步。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Views</source>
        <translation>视图</translation>
    </message>
    <message>
        <source>Keep what is shown under a name, and show it again</source>
        <translation>以名称保存当前显示的内容，并可再次显示</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Show, hide and add columns; drag a heading to move one</source>
        <translation>显示、隐藏和添加列；拖动表头可移动列</translation>
    </message>
    <message>
        <source>Add a column</source>
        <translation>添加列</translation>
    </message>
    <message>
        <source>Setting, metric or cost</source>
        <translation>设置、指标或代价</translation>
    </message>
</context>
<context>
    <name>hilo::CompareTableView</name>
    <message>
        <source>Add a column…</source>
        <translation>添加列…</translation>
    </message>
    <message>
        <source>Columns as at first</source>
        <translation>恢复初始列</translation>
    </message>
</context>
<context>
    <name>hilo::CompareViews</name>
    <message>
        <source>The views are kept with the project.</source>
        <translation>视图已随项目保存。</translation>
    </message>
    <message>
        <source>Keep this view</source>
        <translation>保存此视图</translation>
    </message>
    <message>
        <source>Name of the view</source>
        <translation>视图名称</translation>
    </message>
    <message>
        <source>Keep this view…</source>
        <translation>保存此视图…</translation>
    </message>
    <message>
        <source>Forget a view</source>
        <translation>删除视图</translation>
    </message>
</context>
<context>
    <name>hilo::ComparisonChart</name>
    <message>
        <source>Pareto front</source>
        <translation>帕累托前沿</translation>
    </message>
    <message numerus="yes">
        <source>%n point(s). Left and right go from point to point, Return selects.</source>
        <translation>
            <numerusform>%n 个点。左右键在点间移动，回车选择。</numerusform>
        </translation>
    </message>
    <message>
        <source>The pinned baseline.</source>
        <translation>固定的基准。</translation>
    </message>
    <message>
        <source>%1 against parameters, with the Pareto front</source>
        <translation>%1与参数量，附帕累托前沿</translation>
    </message>
    <message>
        <source>%1, lower is better</source>
        <translation>%1，越低越好</translation>
    </message>
    <message>
        <source>On the Pareto front: nothing is both smaller and better.</source>
        <translation>在帕累托前沿上：没有既更小又更好的。</translation>
    </message>
    <message>
        <source>published</source>
        <translation>已发表</translation>
    </message>
    <message>
        <source>Published: %1</source>
        <translation>已发表：%1</translation>
    </message>
    <message>
        <source>not set</source>
        <translation>未设置</translation>
    </message>
    <message>
        <source>%1 of all runs</source>
        <translation>所有运行的%1</translation>
    </message>
</context>
<context>
    <name>hilo::ComparisonDialog</name>
    <message>
        <source>Compare two models</source>
        <translation>比较两个模型</translation>
    </message>
    <message>
        <source>Other model</source>
        <translation>另一个模型</translation>
    </message>
    <message>
        <source>Hugging Face folder, .gguf file, or org/name of the Hugging Face cache</source>
        <translation>Hugging Face 文件夹、.gguf 文件，或 Hugging Face 缓存中的 org/name</translation>
    </message>
    <message>
        <source>%1 and</source>
        <translation>%1 与</translation>
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
        <source>&amp;Differences only</source>
        <translation>仅显示差异(&amp;D)</translation>
    </message>
    <message>
        <source>Leave out what both models have alike</source>
        <translation>隐藏两个模型相同的部分</translation>
    </message>
    <message>
        <source>Two models side by side</source>
        <translation>两个模型并排</translation>
    </message>
    <message>
        <source>What one of the models has alone</source>
        <translation>仅其中一个模型具有的特点</translation>
    </message>
    <message>
        <source>GGUF models (*.gguf)</source>
        <translation>GGUF 模型 (*.gguf)</translation>
    </message>
    <message>
        <source>Name a model to see what differs. It is only looked at.</source>
        <translation>指定一个模型以查看差异。只读取，不改动。</translation>
    </message>
    <message>
        <source>Looking at the model …</source>
        <translation>正在查看模型…</translation>
    </message>
    <message>
        <source>Only %1</source>
        <translation>仅 %1</translation>
    </message>
    <message>
        <source>Allocation maps of one fit the other.</source>
        <translation>两者的分配图可以互用。</translation>
    </message>
    <message>
        <source>Allocation maps of one do not fit the other: family, layers or modules differ.</source>
        <translation>两者的分配图不能互用：架构、层数或模块不同。</translation>
    </message>
</context>
<context>
    <name>hilo::ComplexityPage</name>
    <message>
        <source>Complexity</source>
        <translation>复杂度</translation>
    </message>
    <message>
        <source>Signal of the heat map</source>
        <translation>热图信号</translation>
    </message>
    <message>
        <source>The profile is complete: %1</source>
        <translation>剖面已完成：%1</translation>
    </message>
    <message>
        <source>Profile</source>
        <translation>剖面</translation>
    </message>
    <message>
        <source>Which of the project&apos;s profiles is shown</source>
        <translation>显示项目的哪个剖面</translation>
    </message>
    <message>
        <source>Compare with</source>
        <translation>比较对象</translation>
    </message>
    <message>
        <source>Show what the profile has more or less than another one</source>
        <translation>显示该剖面相对另一个的增减</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>打开…</translation>
    </message>
    <message>
        <source>Show a profile file from elsewhere</source>
        <translation>显示其他位置的剖面文件</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Values as a table, charts as pictures</source>
        <translation>数值导出为表格，图表导出为图片</translation>
    </message>
    <message>
        <source>All values (CSV)…</source>
        <translation>所有数值 (CSV)…</translation>
    </message>
    <message>
        <source>Chart over depth (PDF, PNG)…</source>
        <translation>随深度变化图 (PDF, PNG)…</translation>
    </message>
    <message>
        <source>Spectrum (PDF, PNG)…</source>
        <translation>谱 (PDF, PNG)…</translation>
    </message>
    <message>
        <source>Profile…</source>
        <translation>剖面…</translation>
    </message>
    <message>
        <source>Measure signals of this model with hilo profile</source>
        <translation>用 hilo profile 测量此模型的信号</translation>
    </message>
    <message>
        <source>Heat map of layers and modules</source>
        <translation>层与模块热图</translation>
    </message>
    <message>
        <source>Allocate from this</source>
        <translation>据此分配</translation>
    </message>
    <message>
        <source>Open the page Allocation with this signal as its guide</source>
        <translation>以此信号为依据打开“分配”页</translation>
    </message>
    <message>
        <source>This signal</source>
        <translation>此信号</translation>
    </message>
    <message>
        <source>Compare with: none</source>
        <translation>比较对象：无</translation>
    </message>
    <message>
        <source>Compare with: %1</source>
        <translation>比较对象：%1</translation>
    </message>
    <message>
        <source>Open profile</source>
        <translation>打开剖面</translation>
    </message>
    <message>
        <source>Complexity profiles (*.json)</source>
        <translation>复杂度剖面 (*.json)</translation>
    </message>
    <message>
        <source>Reading the profile …</source>
        <translation>正在读取剖面 …</translation>
    </message>
    <message>
        <source>Open a project, a model folder or a .gguf file on the page Start (Ctrl+1) to see how complex its layers are.</source>
        <translation>在“开始”页（Ctrl+1）打开项目、模型文件夹或 .gguf 文件，查看各层的复杂度。</translation>
    </message>
    <message>
        <source>This model has no profile yet. “Profile…” measures how complex each layer is: from the weights alone in seconds to minutes, from your data with a few forward passes, or from gradients on your task.</source>
        <translation>此模型还没有剖面。“剖面…”测量每层的复杂度：仅由权重（数秒到数分钟）、由数据（几次前向传播）或由任务梯度。</translation>
    </message>
    <message>
        <source>No profile</source>
        <translation>无剖面</translation>
    </message>
    <message>
        <source>profile of %1</source>
        <translation>%1 的剖面</translation>
    </message>
    <message numerus="yes">
        <source>%n signal(s)</source>
        <translation>
            <numerusform>%n 个信号</numerusform>
        </translation>
    </message>
    <message>
        <source>Difference to %1.</source>
        <translation>与 %1 的差异。</translation>
    </message>
    <message>
        <source>%1.</source>
        <translation>%1。</translation>
    </message>
    <message>
        <source>%1, in %2.</source>
        <translation>%1，单位 %2。</translation>
    </message>
    <message>
        <source>A larger value wants more capacity.</source>
        <translation>值越大需要的容量越多。</translation>
    </message>
    <message>
        <source>A smaller value wants more capacity.</source>
        <translation>值越小需要的容量越多。</translation>
    </message>
    <message>
        <source>Its source does not say which layers want more capacity.</source>
        <translation>其来源未说明哪些层需要更多容量。</translation>
    </message>
    <message>
        <source>Two halves of the data agree with %1.</source>
        <translation>两半数据的一致程度为 %1。</translation>
    </message>
    <message>
        <source>No layer selected</source>
        <translation>未选择层</translation>
    </message>
    <message>
        <source>Layer %1</source>
        <translation>第 %1 层</translation>
    </message>
    <message>
        <source> (%1)</source>
        <translation>（%1）</translation>
    </message>
    <message>
        <source>Export all values</source>
        <translation>导出所有数值</translation>
    </message>
    <message>
        <source>Table (*.csv)</source>
        <translation>表格 (*.csv)</translation>
    </message>
    <message>
        <source>Written: %1</source>
        <translation>已写入：%1</translation>
    </message>
    <message>
        <source>All signals</source>
        <translation>所有信号</translation>
    </message>
    <message>
        <source>Every signal of the profile by its full name</source>
        <translation>按全名列出剖面的每个信号</translation>
    </message>
</context>
<context>
    <name>hilo::CurveOptions</name>
    <message>
        <source>steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>词元</translation>
    </message>
    <message>
        <source>epochs</source>
        <translation>轮次</translation>
    </message>
    <message>
        <source>time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Horizontal axis of the curves</source>
        <translation>曲线的横轴</translation>
    </message>
    <message>
        <source>What the curves go over. Tokens are estimated from speed and time; time is that of training, without stops and pauses</source>
        <translation>曲线沿什么展开。词元数由速度和时间估计；时间为训练时间，不含停止和暂停</translation>
    </message>
    <message>
        <source>no smoothing</source>
        <translation>不平滑</translation>
    </message>
    <message>
        <source>exponential mean</source>
        <translation>指数均值</translation>
    </message>
    <message>
        <source>running mean</source>
        <translation>滑动均值</translation>
    </message>
    <message>
        <source>running median</source>
        <translation>滑动中位数</translation>
    </message>
    <message>
        <source>Smoothing of the curves</source>
        <translation>曲线平滑</translation>
    </message>
    <message>
        <source>How curves are smoothed; the values themselves stay faintly behind. Means are pulled by single spikes, the median is not. Learning rates and memory are drawn as they are</source>
        <translation>曲线如何平滑；原始值以淡色显示在后面。均值会被单个尖峰拉动，中位数不会。学习率和内存按原样绘制</translation>
    </message>
    <message>
        <source>Strength of the smoothing</source>
        <translation>平滑强度</translation>
    </message>
    <message>
        <source>over</source>
        <translation>沿</translation>
    </message>
    <message>
        <source>smoothed by</source>
        <translation>平滑方式</translation>
    </message>
    <message>
        <source>Weight of the past in the mean: %1 %</source>
        <translation>过去值在均值中的权重：%1 %</translation>
    </message>
    <message numerus="yes">
        <source>Over the last %n logged step(s)</source>
        <translation>
            <numerusform>最近 %n 个已记录的步</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hilo::DataChoicePanel</name>
    <message>
        <source>Source</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Folder…</source>
        <translation>文件夹…</translation>
    </message>
    <message>
        <source>A folder with files named train, validation and test</source>
        <translation>包含名为 train、validation 和 test 的文件的文件夹</translation>
    </message>
    <message>
        <source>File…</source>
        <translation>文件…</translation>
    </message>
    <message>
        <source>Template</source>
        <translation>模板</translation>
    </message>
    <message>
        <source>How a row becomes a prompt and an answer</source>
        <translation>一行如何变成提示和答案</translation>
    </message>
    <message>
        <source>Own file…</source>
        <translation>自选文件…</translation>
    </message>
    <message>
        <source>choose</source>
        <translation>请选择</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Appear once data and template are chosen.</source>
        <translation>选择数据和模板后显示。</translation>
    </message>
    <message>
        <source>Length and split</source>
        <translation>长度与划分</translation>
    </message>
    <message>
        <source> tokens</source>
        <translation> 个词元</translation>
    </message>
    <message>
        <source>Longer rows lose the beginning of their prompt</source>
        <translation>更长的行会丢掉提示开头</translation>
    </message>
    <message>
        <source>Maximum length in tokens</source>
        <translation>最大长度（词元）</translation>
    </message>
    <message>
        <source>&amp;Maximum</source>
        <translation>最大(&amp;M)</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>划分</translation>
    </message>
    <message>
        <source>Which rows are for training, validation and test</source>
        <translation>哪些行用于训练、验证和测试</translation>
    </message>
    <message>
        <source>by the columns</source>
        <translation>按列识别</translation>
    </message>
    <message>
        <source>as the files say</source>
        <translation>按文件</translation>
    </message>
    <message>
        <source>by a column</source>
        <translation>按列</translation>
    </message>
    <message>
        <source>drawn by a seed</source>
        <translation>按种子随机</translation>
    </message>
    <message>
        <source>&amp;Split</source>
        <translation>划分(&amp;S)</translation>
    </message>
    <message>
        <source>Column of the split</source>
        <translation>划分所用的列</translation>
    </message>
    <message>
        <source>Its values are train, validation and test</source>
        <translation>其值为 train、validation 和 test</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Seed of the split</source>
        <translation>划分的种子</translation>
    </message>
    <message>
        <source>The same seed draws the same rows</source>
        <translation>相同种子抽取相同的行</translation>
    </message>
    <message>
        <source>Share of rows for validation</source>
        <translation>用于验证的行比例</translation>
    </message>
    <message>
        <source>Share of rows for the test</source>
        <translation>用于测试的行比例</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>验证</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>No data chosen.</source>
        <translation>未选择数据。</translation>
    </message>
    <message>
        <source>Column for %1</source>
        <translation>%1 对应的列</translation>
    </message>
    <message>
        <source>Which column of the data stands for the template&apos;s field “%1”</source>
        <translation>数据中哪一列对应模板字段“%1”</translation>
    </message>
    <message>
        <source>– missing –</source>
        <translation>– 缺失 –</translation>
    </message>
    <message>
        <source>%1 (by its name)</source>
        <translation>%1（按名称）</translation>
    </message>
    <message>
        <source>This template asks for no columns.</source>
        <translation>此模板不需要列。</translation>
    </message>
    <message>
        <source>Choose data</source>
        <translation>选择数据</translation>
    </message>
    <message>
        <source>Choose template</source>
        <translation>选择模板</translation>
    </message>
    <message>
        <source>Prompt templates (*.json)</source>
        <translation>提示模板 (*.json)</translation>
    </message>
    <message>
        <source>One Parquet, Arrow, JSONL, JSON, CSV, TSV or text file</source>
        <translation>一个 Parquet、Arrow、JSONL、JSON、CSV、TSV 或文本文件</translation>
    </message>
    <message>
        <source>Add task</source>
        <translation>添加任务</translation>
    </message>
    <message>
        <source>Train on further data in the same run; the shares of all tasks are shown then</source>
        <translation>在同一次运行中用更多数据训练；随后显示所有任务的份额</translation>
    </message>
    <message>
        <source>Benchmark…</source>
        <translation>基准…</translation>
    </message>
    <message>
        <source>A published benchmark by name, with its template, splits and published results</source>
        <translation>按名称选择公开基准，连同其模板、划分和已发表结果</translation>
    </message>
    <message>
        <source>Benchmark %1 from %2. Its template, columns and splits are as published.</source>
        <translation>基准 %1，来自 %2。模板、列和划分均按发布时的规定。</translation>
    </message>
</context>
<context>
    <name>hilo::DataPage</name>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Use for new runs</source>
        <translation>用于新运行</translation>
    </message>
    <message>
        <source>Keep source, template, columns, length and split in the project</source>
        <translation>在项目中保存来源、模板、列、长度和划分</translation>
    </message>
    <message>
        <source>Open a project on the page Start (Ctrl+1), or choose a file here, to see its rows as prompts.</source>
        <translation>在“开始”页（Ctrl+1）打开项目，或在此选择文件，以提示形式查看各行。</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>划分</translation>
    </message>
    <message>
        <source>Whose rows are shown</source>
        <translation>显示哪些行</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Rejected rows</source>
        <translation>被拒绝的行</translation>
    </message>
    <message>
        <source>Tokens per row</source>
        <translation>每行词元数</translation>
    </message>
    <message>
        <source>Label balance</source>
        <translation>标签分布</translation>
    </message>
    <message>
        <source>Reading the project&apos;s data …</source>
        <translation>正在读取项目数据 …</translation>
    </message>
    <message>
        <source>This project has no data yet. Choose a folder or a file on the left; the rows appear here as the model will read them.</source>
        <translation>此项目还没有数据。请在左侧选择文件夹或文件；各行将按模型读取的形式显示。</translation>
    </message>
    <message>
        <source>Only a project can keep a choice; make one on the page Start</source>
        <translation>只有项目能保存选择；请在“开始”页创建项目</translation>
    </message>
    <message>
        <source>Reading the data …</source>
        <translation>正在读取数据 …</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message numerus="yes">
        <source>%1, %Ln row(s)</source>
        <translation>
            <numerusform>%1，%Ln 行</numerusform>
        </translation>
    </message>
    <message>
        <source>Rejected rows (%1)</source>
        <translation>被拒绝的行（%1）</translation>
    </message>
    <message>
        <source>Open a model to count tokens with its tokenizer.</source>
        <translation>打开模型后可用其分词器统计词元。</translation>
    </message>
    <message>
        <source>Majority floor %1: always answering “%2”, the most frequent answer of the training rows.</source>
        <translation>多数基线 %1：始终回答“%2”，即训练行中最常见的答案。</translation>
    </message>
    <message>
        <source>This template has free answers, so there are no labels to count.</source>
        <translation>此模板的答案是自由文本，没有可统计的标签。</translation>
    </message>
    <message>
        <source>Select a row to see its prompt.</source>
        <translation>选择一行查看其提示。</translation>
    </message>
    <message>
        <source>%1 of %2 answers were judged to be good, %3 to be bad.</source>
        <translation>%2 个回答中 %1 个被评为好，%3 个被评为差。</translation>
    </message>
    <message>
        <source>What the colours mean</source>
        <translation>颜色的含义</translation>
    </message>
    <message>
        <source>What the model reads only, what it learns, and what is beyond the maximum length</source>
        <translation>模型只读的部分、学习的部分，以及超出最大长度的部分</translation>
    </message>
    <message numerus="yes">
        <source>%1 row(s)</source>
        <translation>
            <numerusform>%1 行</numerusform>
        </translation>
    </message>
    <message>
        <source>Each row has a chosen and a rejected answer: what is learnt is to prefer the chosen one.</source>
        <translation>每行有一个被选的回答和一个被拒的回答：学习的是偏好被选的回答。</translation>
    </message>
    <message>
        <source>The data is being read</source>
        <translation>正在读取数据</translation>
    </message>
    <message>
        <source>No run could train on this data: see what is wrong with it below</source>
        <translation>任何运行都无法用这些数据训练：原因见下方</translation>
    </message>
</context>
<context>
    <name>hilo::DataSaving</name>
    <message>
        <source>The project&apos;s data was changed on disk as well; saving shows the differences.</source>
        <translation>项目数据在磁盘上也被更改；保存时会显示差异。</translation>
    </message>
    <message>
        <source>The project&apos;s data was changed on disk and is shown as it is there.</source>
        <translation>项目数据在磁盘上已被更改，现按磁盘内容显示。</translation>
    </message>
    <message>
        <source>New runs take this data.</source>
        <translation>新运行将使用此数据。</translation>
    </message>
    <message>
        <source>The project&apos;s data was changed elsewhere</source>
        <translation>项目数据已在别处更改</translation>
    </message>
    <message>
        <source>The data for new runs was changed on disk since it was read here, by another window or program.</source>
        <translation>自在此读取以来，用于新运行的数据已被另一个窗口或程序在磁盘上更改。</translation>
    </message>
    <message>
        <source>Settings changed only here: %1. Only there: %2. Differently in both: %3.</source>
        <translation>仅此处更改的设置：%1。仅磁盘上更改：%2。两处更改不同：%3。</translation>
    </message>
    <message>
        <source>The two cannot be merged: %1</source>
        <translation>两者无法合并：%1</translation>
    </message>
    <message>
        <source>Merged, these keep what they are here.</source>
        <translation>合并后，这些保留此处的内容。</translation>
    </message>
    <message>
        <source>Merge and save</source>
        <translation>合并并保存</translation>
    </message>
    <message>
        <source>Take the one on disk</source>
        <translation>采用磁盘上的</translation>
    </message>
    <message>
        <source>Overwrite it</source>
        <translation>覆盖</translation>
    </message>
</context>
<context>
    <name>hilo::DepthChart</name>
    <message>
        <source>Signals over depth</source>
        <translation>信号随深度变化</translation>
    </message>
    <message>
        <source>Left and Right choose a layer; the values are told in the inspector.</source>
        <translation>左右键选择层；数值显示在检查器中。</translation>
    </message>
    <message>
        <source>layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>lowest to highest layer, %</source>
        <translation>最低到最高层，%</translation>
    </message>
    <message>
        <source>Layer %1</source>
        <translation>第 %1 层</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source> (baseline %1)</source>
        <translation>（基准 %1）</translation>
    </message>
</context>
<context>
    <name>hilo::DeviceMonitor</name>
    <message>
        <source>Load of this computer</source>
        <translation>本机负载</translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>处理器</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>GPU %1</source>
        <translation>GPU %1</translation>
    </message>
    <message>
        <source> · %1 °C</source>
        <translation> · %1 °C</translation>
    </message>
    <message>
        <source> memory</source>
        <translation> 内存</translation>
    </message>
</context>
<context>
    <name>hilo::DifferenceModel</name>
    <message>
        <source>%1 of %2: %3</source>
        <translation>%2 的 %1：%3</translation>
    </message>
    <message>
        <source>not set</source>
        <translation>未设置</translation>
    </message>
    <message>
        <source>setting</source>
        <translation>设置</translation>
    </message>
</context>
<context>
    <name>hilo::ExampleModel</name>
    <message>
        <source>%1, cut</source>
        <translation>%1，已截断</translation>
    </message>
    <message>
        <source>%1, in windows</source>
        <translation>%1，分窗口</translation>
    </message>
    <message>
        <source>Longer than %1 tokens: the beginning of the prompt is cut off</source>
        <translation>超过 %1 个词元：提示开头被截掉</translation>
    </message>
    <message>
        <source>Longer than %1 tokens: the text goes through whole, a window of so many after another</source>
        <translation>超过 %1 个词元：整段文本都会用到，逐个窗口依次处理</translation>
    </message>
    <message>
        <source>%1, line %2</source>
        <translation>%1，第 %2 行</translation>
    </message>
    <message>
        <source>%1, record %2</source>
        <translation>%1，第 %2 条记录</translation>
    </message>
    <message>
        <source>record %1</source>
        <translation>第 %1 条记录</translation>
    </message>
    <message>
        <source>line</source>
        <translation>行</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>词元</translation>
    </message>
    <message>
        <source>answer</source>
        <translation>答案</translation>
    </message>
    <message>
        <source>prompt</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>good</source>
        <translation>好</translation>
    </message>
    <message>
        <source>bad</source>
        <translation>差</translation>
    </message>
    <message>
        <source>chosen</source>
        <translation>被选</translation>
    </message>
    <message>
        <source>judgement</source>
        <translation>评判</translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>被拒</translation>
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
        <source>experts down, layers across</source>
        <translation>纵向专家，横向层</translation>
    </message>
    <message>
        <source>twice the equal share</source>
        <translation>均等份额的两倍</translation>
    </message>
    <message>
        <source>no token</source>
        <translation>没有词元</translation>
    </message>
    <message>
        <source>Layer %1 has only %2 experts here.</source>
        <translation>第 %1 层在此只有 %2 个专家。</translation>
    </message>
    <message>
        <source>Layer %1, expert %2: %3 of the chosen slots; an equal share is %4.</source>
        <translation>第 %1 层，专家 %2：所选槽位的 %3；均等份额为 %4。</translation>
    </message>
</context>
<context>
    <name>hilo::ExportPage</name>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>The run whose adapter is exported</source>
        <translation>要导出其适配器的运行</translation>
    </message>
    <message>
        <source>Other folder…</source>
        <translation>其他文件夹…</translation>
    </message>
    <message>
        <source>A run or adapter folder from elsewhere</source>
        <translation>其他位置的运行或适配器文件夹</translation>
    </message>
    <message>
        <source>Choose run or adapter</source>
        <translation>选择运行或适配器</translation>
    </message>
    <message>
        <source>Formats</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>How the numbers of the weights are written</source>
        <translation>权重数值的写入方式</translation>
    </message>
    <message>
        <source>Weight type</source>
        <translation>权重类型</translation>
    </message>
    <message>
        <source>nothing is cut</source>
        <translation>不截断</translation>
    </message>
    <message>
        <source>Largest rank of the approximation; a smaller one makes smaller files and is less exact</source>
        <translation>近似的最大秩；越小文件越小但越不精确</translation>
    </message>
    <message>
        <source>Rank</source>
        <translation>秩</translation>
    </message>
    <message>
        <source>the model&apos;s path</source>
        <translation>模型路径</translation>
    </message>
    <message>
        <source>How the files name the base model, for example its name on a hub</source>
        <translation>文件中基座模型的名称，例如其在模型库中的名称</translation>
    </message>
    <message>
        <source>Name of the base model</source>
        <translation>基座模型名称</translation>
    </message>
    <message>
        <source>The new folder that is written; it must not exist yet</source>
        <translation>要写入的新文件夹；必须尚不存在</translation>
    </message>
    <message>
        <source>New folder</source>
        <translation>新文件夹</translation>
    </message>
    <message>
        <source>Choose where the new folder is made</source>
        <translation>选择新文件夹的位置</translation>
    </message>
    <message>
        <source>Choose the place</source>
        <translation>选择位置</translation>
    </message>
    <message>
        <source>Choose place</source>
        <translation>选择位置</translation>
    </message>
    <message>
        <source>&amp;Weights</source>
        <translation>权重(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Rank</source>
        <translation>秩(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Base name</source>
        <translation>基座名称(&amp;B)</translation>
    </message>
    <message>
        <source>New &amp;folder</source>
        <translation>新文件夹(&amp;F)</translation>
    </message>
    <message>
        <source>Progress of the export</source>
        <translation>导出进度</translation>
    </message>
    <message>
        <source>Map that would fit</source>
        <translation>可适配的分配图</translation>
    </message>
    <message>
        <source>Open a map of about as many parameters that this format can hold</source>
        <translation>打开一张参数量相近且该格式可容纳的分配图</translation>
    </message>
    <message>
        <source>Show command…</source>
        <translation>显示命令…</translation>
    </message>
    <message>
        <source>The same export as a line for the terminal</source>
        <translation>等价的终端命令</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>End the export; nothing is left behind</source>
        <translation>结束导出；不留下任何文件</translation>
    </message>
    <message>
        <source>Write the files, read them back and compare</source>
        <translation>写入文件、读回并比较</translation>
    </message>
    <message>
        <source>Cancelling …</source>
        <translation>正在取消 …</translation>
    </message>
    <message>
        <source>Open a project on the page Start (Ctrl+1), or choose a run or adapter folder, to export it.</source>
        <translation>在“开始”页（Ctrl+1）打开项目，或选择运行或适配器文件夹进行导出。</translation>
    </message>
    <message>
        <source>No run of this project has an adapter yet. Queue one on the page Allocation; it can be exported once it has finished.</source>
        <translation>本项目还没有带适配器的运行。请在“分配”页加入队列；完成后即可导出。</translation>
    </message>
    <message>
        <source>Asking what each format can express …</source>
        <translation>正在查询各格式的表达能力 …</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n format(s) can hold this adapter</source>
        <translation>
            <numerusform>%n 种格式中有 %1 种可容纳此适配器</numerusform>
        </translation>
    </message>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Starting …</source>
        <translation>正在启动 …</translation>
    </message>
    <message>
        <source>, %1 left</source>
        <translation>，剩余 %1</translation>
    </message>
    <message>
        <source>Cancelled; nothing was written.</source>
        <translation>已取消；未写入任何内容。</translation>
    </message>
    <message>
        <source>Nothing was exported.</source>
        <translation>未导出任何内容。</translation>
    </message>
    <message>
        <source>Exported to %1</source>
        <translation>已导出到 %1</translation>
    </message>
    <message>
        <source>no finished run</source>
        <translation>没有已完成的运行</translation>
    </message>
    <message>
        <source>It is checked after writing.</source>
        <translation>写入后会进行检查。</translation>
    </message>
    <message>
        <source>Distil</source>
        <translation>蒸馏</translation>
    </message>
    <message>
        <source>Train the plain adapter on the run&apos;s rows until it says what the mixture says. Takes about as long as a training of so many steps; mean weights are there at once and cost more accuracy</source>
        <translation>在该运行的数据行上训练单个适配器，直到其输出与混合一致。耗时约等于同样步数的训练；平均权重立即可得，但准确率损失更大</translation>
    </message>
    <message>
        <source>Steps of the distillation, of 32 rows each</source>
        <translation>蒸馏步数，每步 32 行</translation>
    </message>
    <message>
        <source>Steps of the distillation</source>
        <translation>蒸馏步数</translation>
    </message>
    <message>
        <source>Approximation</source>
        <translation>近似</translation>
    </message>
    <message>
        <source>&amp;Steps</source>
        <translation>步数(&amp;S)</translation>
    </message>
    <message>
        <source>as many as a token uses</source>
        <translation>与每个词元所用一样多</translation>
    </message>
</context>
<context>
    <name>hilo::ExportResults</name>
    <message>
        <source>Result of the export</source>
        <translation>导出结果</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Show the written files in the file manager</source>
        <translation>在文件管理器中显示写出的文件</translation>
    </message>
    <message>
        <source>Exports so far, newest first</source>
        <translation>至今的导出，最新在前</translation>
    </message>
    <message>
        <source>Choose one to see its result</source>
        <translation>选择一个以查看其结果</translation>
    </message>
    <message>
        <source>Nothing was exported yet. After writing, the files are read back and their logits compared with the run&apos;s own; the result appears here.</source>
        <translation>尚未导出任何内容。写入后会回读文件，并将其 logits 与运行自身的进行比较；结果显示在此处。</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>%1 · %2 · %3</source>
        <translation>%1 · %2 · %3</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>%1 (not there any more)</source>
        <translation>%1（已不存在）</translation>
    </message>
</context>
<context>
    <name>hilo::FetchDialog</name>
    <message>
        <source>and %1 more</source>
        <translation>以及另外 %1 个</translation>
    </message>
    <message>
        <source>Fetch a model</source>
        <translation>获取模型</translation>
    </message>
    <message>
        <source>Fetch a data set</source>
        <translation>获取数据集</translation>
    </message>
    <message>
        <source>From the Hugging Face hub into the cache that all tools share. Nothing is asked of the network before you press a button.</source>
        <translation>从 Hugging Face Hub 下载到各工具共用的缓存。在按下按钮之前不会访问网络。</translation>
    </message>
    <message>
        <source>Name at the hub</source>
        <translation>Hub 上的名称</translation>
    </message>
    <message>
        <source>org/name, or org/name@revision for a branch, a tag or a commit</source>
        <translation>org/name，或用 org/name@revision 指定分支、标签或提交</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名称(&amp;N)</translation>
    </message>
    <message>
        <source>Only files that fit</source>
        <translation>仅匹配的文件</translation>
    </message>
    <message>
        <source>all that is needed; or patterns, such as *Q4_K_M*</source>
        <translation>所需的全部文件；或模式，例如 *Q4_K_M*</translation>
    </message>
    <message>
        <source>Patterns with blanks between them: the files that fit one of them, and no others. Of a repository of GGUF files one must be chosen this way</source>
        <translation>以空格分隔的模式：只获取与其中之一匹配的文件。对于 GGUF 仓库，必须这样选定一个文件</translation>
    </message>
    <message>
        <source>&amp;Only files</source>
        <translation>仅文件(&amp;O)</translation>
    </message>
    <message>
        <source>Fetching</source>
        <translation>正在获取</translation>
    </message>
    <message>
        <source>Progress of the fetch</source>
        <translation>获取进度</translation>
    </message>
    <message>
        <source>Stop; what came is kept, and the next fetch goes on from there</source>
        <translation>停止；已下载的部分会保留，下次从那里继续</translation>
    </message>
    <message>
        <source>What would come</source>
        <translation>将获取什么</translation>
    </message>
    <message>
        <source>Ask the hub for the list of files and their sizes; fetches nothing</source>
        <translation>向 Hub 查询文件列表及大小；不下载任何内容</translation>
    </message>
    <message>
        <source>Fetch</source>
        <translation>获取</translation>
    </message>
    <message>
        <source>Bring it into the cache; goes on with what an earlier fetch left</source>
        <translation>下载到缓存；从之前中断的地方继续</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s), %1; %2 would be fetched.</source>
        <translation>
            <numerusform>%n 个文件，%1；将下载 %2。</numerusform>
        </translation>
    </message>
    <message>
        <source>Stays at the hub: %1.</source>
        <translation>留在 Hub 上：%1。</translation>
    </message>
    <message>
        <source>commit %1</source>
        <translation>提交 %1</translation>
    </message>
</context>
<context>
    <name>hilo::FilterCompleter</name>
    <message>
        <source>a number of the result</source>
        <translation>结果中的数值</translation>
    </message>
    <message>
        <source>a setting, by the end of its name</source>
        <translation>设置，按名称的末尾</translation>
    </message>
    <message>
        <source>a word</source>
        <translation>一个词</translation>
    </message>
    <message>
        <source>one of several</source>
        <translation>多个之一</translation>
    </message>
    <message>
        <source>a part of a text</source>
        <translation>文本的一部分</translation>
    </message>
    <message>
        <source>the result of one task</source>
        <translation>某个任务的结果</translation>
    </message>
    <message>
        <source>your tags</source>
        <translation>您的标签</translation>
    </message>
    <message>
        <source>your stars</source>
        <translation>您的星标</translation>
    </message>
    <message>
        <source>the opposite</source>
        <translation>相反</translation>
    </message>
</context>
<context>
    <name>hilo::FormatModel</name>
    <message>
        <source>✓ exact</source>
        <translation>✓ 精确</translation>
    </message>
    <message>
        <source>✓ exact after padding</source>
        <translation>✓ 填充后精确</translation>
    </message>
    <message>
        <source>≈ static approximation</source>
        <translation>≈ 静态近似</translation>
    </message>
    <message>
        <source>✗ impossible</source>
        <translation>✗ 不可能</translation>
    </message>
    <message>
        <source>%1, %2: %3</source>
        <translation>%1，%2：%3</translation>
    </message>
    <message>
        <source>format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>this adapter</source>
        <translation>此适配器</translation>
    </message>
    <message>
        <source>size, about</source>
        <translation>大小（约）</translation>
    </message>
    <message>
        <source>why</source>
        <translation>原因</translation>
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
    <name>hilo::LabelBars</name>
    <message>
        <source>Label balance</source>
        <translation>标签分布</translation>
    </message>
</context>
<context>
    <name>hilo::LogView</name>
    <message>
        <source>all lines</source>
        <translation>所有行</translation>
    </message>
    <message>
        <source>warnings</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>errors</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>How serious lines have to be</source>
        <translation>行的严重程度</translation>
    </message>
    <message>
        <source>How serious a line has to be to be shown</source>
        <translation>显示的行需达到的严重程度</translation>
    </message>
    <message>
        <source>Filter the log</source>
        <translation>过滤日志</translation>
    </message>
    <message>
        <source>Only lines with this text; case does not matter</source>
        <translation>仅显示包含此文本的行；不区分大小写</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Nothing here yet.</source>
        <translation>暂无内容。</translation>
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
    <message>
        <source>&amp;Strategies and signals…</source>
        <translation>策略与信号(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;Fetch model…</source>
        <translation>获取模型(&amp;F)…</translation>
    </message>
    <message>
        <source>&amp;Find a command…</source>
        <translation>查找命令(&amp;F)…</translation>
    </message>
    <message>
        <source>S&amp;hortcuts…</source>
        <translation>快捷键(&amp;H)…</translation>
    </message>
</context>
<context>
    <name>hilo::MapDifferencePicture</name>
    <message>
        <source>Difference of two allocation maps</source>
        <translation>两张分配图的差异</translation>
    </message>
    <message>
        <source>Layer %1, %2: %3 against %4</source>
        <translation>第 %1 层，%2：%3 对比 %4</translation>
    </message>
    <message numerus="yes">
        <source>%n module(s) differ.</source>
        <translation>
            <numerusform>%n 个模块不同。</numerusform>
        </translation>
    </message>
    <message>
        <source>Layer %1, %2: the same</source>
        <translation>第 %1 层，%2：相同</translation>
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
        <source>Best of this size</source>
        <translation>此规模的最佳结果</translation>
    </message>
    <message>
        <source>No finished run of this project has two thirds to half as many again of this map&apos;s trainable parameters.</source>
        <translation>此项目中没有已完成的运行的可训练参数在本分配图的三分之二到一倍半之间。</translation>
    </message>
    <message numerus="yes">
        <source>%n seed(s)</source>
        <translation>
            <numerusform>%n 个种子</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 steps, %2</source>
        <translation>%1 步，%2</translation>
    </message>
    <message>
        <source>Best of this size: %1</source>
        <translation>此规模的最佳结果：%1</translation>
    </message>
    <message>
        <source>%1 of the best finished runs of about as many trainable parameters:</source>
        <translation>可训练参数数量相近的最佳已完成运行的%1：</translation>
    </message>
    <message>
        <source>%1: %2, %3 trainable; %4</source>
        <translation>%1：%2，可训练 %3；%4</translation>
    </message>
</context>
<context>
    <name>hilo::MetricBox</name>
    <message>
        <source>Vertical axis</source>
        <translation>纵轴</translation>
    </message>
    <message>
        <source>Task of the vertical axis</source>
        <translation>纵轴的任务</translation>
    </message>
    <message>
        <source>Whose number: the mean over a run&apos;s tasks, or one task&apos;s</source>
        <translation>谁的数值：运行各任务的平均值，或某一任务的值</translation>
    </message>
    <message>
        <source>mean over tasks</source>
        <translation>各任务平均</translation>
    </message>
</context>
<context>
    <name>hilo::MetricChart</name>
    <message>
        <source>Chart of %1 over steps</source>
        <translation>%1 随步数变化图</translation>
    </message>
    <message>
        <source>Ctrl+wheel zooms, dragging moves, a double click shows everything.</source>
        <translation>Ctrl+滚轮缩放，拖动移动，双击显示全部。</translation>
    </message>
    <message>
        <source>training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>best: step %1</source>
        <translation>最佳：第 %1 步</translation>
    </message>
    <message>
        <source>Arrow keys move, with Shift the cursor, plus and minus zoom, Home shows everything, L makes the vertical axis logarithmic, F shows the chart alone, Ctrl+C copies it.</source>
        <translation>方向键移动，按住 Shift 移动游标，加减号缩放，Home 显示全部，L 使纵轴取对数，F 单独显示图表，Ctrl+C 复制。</translation>
    </message>
    <message>
        <source>Logarithmic vertical axis</source>
        <translation>对数纵轴</translation>
    </message>
    <message>
        <source>Logarithmic horizontal axis</source>
        <translation>对数横轴</translation>
    </message>
    <message>
        <source>Show everything</source>
        <translation>显示全部</translation>
    </message>
</context>
<context>
    <name>hilo::MixturePanel</name>
    <message>
        <source>Tasks and their shares</source>
        <translation>任务及其份额</translation>
    </message>
    <message>
        <source>Mi&amp;xing</source>
        <translation>混合(&amp;X)</translation>
    </message>
    <message>
        <source>by rows</source>
        <translation>按行数</translation>
    </message>
    <message>
        <source>equal</source>
        <translation>均等</translation>
    </message>
    <message>
        <source>by temperature</source>
        <translation>按温度</translation>
    </message>
    <message>
        <source>Mixing</source>
        <translation>混合</translation>
    </message>
    <message>
        <source>How the tasks share the rows of an epoch: by their rows, equally, or in between. The temperature is a setting of New run</source>
        <translation>各任务如何分享一轮的行：按行数、均等，或介于两者之间。温度是“新运行”中的设置</translation>
    </message>
    <message>
        <source>Remove task</source>
        <translation>移除任务</translation>
    </message>
    <message>
        <source>Leave the chosen task out; its data stays where it is</source>
        <translation>去掉所选任务；其数据保持不动</translation>
    </message>
</context>
<context>
    <name>hilo::ModelComparisonModel</name>
    <message>
        <source>Family</source>
        <translation>架构</translation>
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
        <source>Width of the MLP</source>
        <translation>MLP 宽度</translation>
    </message>
    <message>
        <source>Heads</source>
        <translation>注意力头数</translation>
    </message>
    <message>
        <source>Width of a head</source>
        <translation>每个头的宽度</translation>
    </message>
    <message>
        <source>Heads of keys and values</source>
        <translation>键值头数</translation>
    </message>
    <message>
        <source>Experts</source>
        <translation>专家数</translation>
    </message>
    <message>
        <source>Experts that a token passes</source>
        <translation>每个词元经过的专家数</translation>
    </message>
    <message>
        <source>Width of an expert</source>
        <translation>单个专家的宽度</translation>
    </message>
    <message>
        <source>Width of the shared expert</source>
        <translation>共享专家的宽度</translation>
    </message>
    <message>
        <source>Vocabulary, tokens</source>
        <translation>词表，词元</translation>
    </message>
    <message>
        <source>Context, positions</source>
        <translation>上下文，位置</translation>
    </message>
    <message>
        <source>Output head tied to the embedding</source>
        <translation>输出头与嵌入共享</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>Weights in bfloat16</source>
        <translation>bfloat16 权重</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>differs</source>
        <translation>不同</translation>
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
        <source>%Ln tensor(s), %1</source>
        <translation>
            <numerusform>%Ln 个张量，%1</numerusform>
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
        <source>norms and gates</source>
        <translation>归一化与门</translation>
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
        <source>%Ln tensor(s)</source>
        <translation>
            <numerusform>%Ln 个张量</numerusform>
        </translation>
    </message>
    <message>
        <source>This folder has no weights: planning works, training does not.</source>
        <translation>此文件夹没有权重：可以规划，不能训练。</translation>
    </message>
    <message>
        <source>The weights are quantised (%1): planning works, training needs the unquantised model.</source>
        <translation>权重已量化（%1）：可以规划，训练需要未量化的模型。</translation>
    </message>
    <message>
        <source>No tensor has “%1” in its name.</source>
        <translation>没有名称包含“%1”的张量。</translation>
    </message>
    <message>
        <source>%1 of %2 tensors</source>
        <translation>%1 / %2 个张量</translation>
    </message>
    <message>
        <source>Unlike llama</source>
        <translation>与 llama 不同</translation>
    </message>
    <message>
        <source>Nothing: a plain llama.</source>
        <translation>无：普通的 llama。</translation>
    </message>
    <message>
        <source>Compare…</source>
        <translation>比较…</translation>
    </message>
    <message>
        <source>Put another model beside this one: sizes, modules, peculiarities</source>
        <translation>把另一个模型放在旁边：尺寸、模块、特点</translation>
    </message>
    <message>
        <source>router</source>
        <translation>路由器</translation>
    </message>
    <message>
        <source>experts</source>
        <translation>专家</translation>
    </message>
    <message>
        <source>norms and sinks</source>
        <translation>归一化和汇点</translation>
    </message>
    <message numerus="yes">
        <source>%1 (%Ln layer(s))</source>
        <translation>
            <numerusform>%1（%Ln 层）</numerusform>
        </translation>
    </message>
    <message>
        <source>Layers that are drawn</source>
        <translation>绘制的层</translation>
    </message>
    <message>
        <source>The layers of this model differ: choose whose block is drawn</source>
        <translation>此模型的各层不同：选择要绘制哪些层的块</translation>
    </message>
    <message>
        <source>Layers %1</source>
        <translation>第 %1 层</translation>
    </message>
    <message>
        <source>Locate model…</source>
        <translation>定位模型…</translation>
    </message>
    <message>
        <source>Choose where the project&apos;s model lies now</source>
        <translation>选择项目模型现在的位置</translation>
    </message>
    <message>
        <source>Folder…</source>
        <translation>文件夹…</translation>
    </message>
    <message>
        <source>Locate model</source>
        <translation>定位模型</translation>
    </message>
    <message>
        <source>GGUF file…</source>
        <translation>GGUF 文件…</translation>
    </message>
    <message>
        <source>GGUF models (*.gguf)</source>
        <translation>GGUF 模型 (*.gguf)</translation>
    </message>
    <message>
        <source>This is not the project&apos;s model</source>
        <translation>这不是该项目的模型</translation>
    </message>
    <message>
        <source>Layer %1</source>
        <translation>第 %1 层</translation>
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
        <source>Queue: empty</source>
        <translation>队列：空</translation>
    </message>
    <message>
        <source>%1 is training</source>
        <translation>%1 正在训练</translation>
    </message>
    <message numerus="yes">
        <source>%n other project(s) are training</source>
        <translation>
            <numerusform>另有 %n 个项目正在训练</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n running</source>
        <translation>
            <numerusform>%n 个运行中</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation>
            <numerusform>%n 个等待中</numerusform>
        </translation>
    </message>
    <message>
        <source>Queue: %1</source>
        <translation>队列：%1</translation>
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
        <source>GGUF models (*.gguf)</source>
        <translation>GGUF 模型 (*.gguf)</translation>
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
    <message>
        <source>conversations</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>instructions (Alpaca)</source>
        <translation>指令（Alpaca）</translation>
    </message>
    <message>
        <source>instructions (Dolly)</source>
        <translation>指令（Dolly）</translation>
    </message>
    <message>
        <source>prompts with completions</source>
        <translation>提示与续写</translation>
    </message>
    <message>
        <source>preferences: chosen and rejected answers</source>
        <translation>偏好：被选与被拒的回答</translation>
    </message>
    <message>
        <source>answers that were judged</source>
        <translation>被评判的回答</translation>
    </message>
    <message>
        <source>questions with choices</source>
        <translation>选择题</translation>
    </message>
    <message>
        <source>texts with labels</source>
        <translation>带标签的文本</translation>
    </message>
    <message>
        <source>plain text</source>
        <translation>纯文本</translation>
    </message>
    <message>
        <source>2. Data may be chosen later. What it is, its columns say.</source>
        <translation>2. 数据可以稍后再选。数据的类型由其列判断。</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n 个文件</numerusform>
        </translation>
    </message>
    <message>
        <source>template %1</source>
        <translation>模板 %1</translation>
    </message>
    <message>
        <source>Hugging Face folder or .gguf file, or org/name of the Hugging Face cache; it stays where it is</source>
        <translation>Hugging Face 文件夹或 .gguf 文件，或 Hugging Face 缓存中的 org/name；文件留在原处</translation>
    </message>
    <message>
        <source>Fetch…</source>
        <translation>获取…</translation>
    </message>
    <message>
        <source>Bring a model from the Hugging Face hub</source>
        <translation>从 Hugging Face Hub 获取模型</translation>
    </message>
    <message>
        <source>folder, .gguf file or org/name</source>
        <translation>文件夹、.gguf 文件或 org/name</translation>
    </message>
</context>
<context>
    <name>hilo::NewRunDialog</name>
    <message>
        <source>New run</source>
        <translation>新建运行</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Runs that differ in name and seed only are repeats of each other</source>
        <translation>仅名称和种子不同的运行互为重复</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>分配图</translation>
    </message>
    <message>
        <source>Which experts with which ranks every module gets</source>
        <translation>每个模块获得哪些专家及其秩</translation>
    </message>
    <message>
        <source>for example 1 2 3; empty: one run with the seed below</source>
        <translation>例如 1 2 3；留空：用下方种子运行一次</translation>
    </message>
    <message>
        <source>Seeds</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>One run for each seed. Several seeds give a mean with an interval on the page Compare</source>
        <translation>每个种子一次运行。多个种子在“比较”页给出均值和区间</translation>
    </message>
    <message>
        <source>Add and queue</source>
        <translation>添加并入队</translation>
    </message>
    <message>
        <source>Put the run at the end of the queue, and start the queue</source>
        <translation>将运行放到队尾并启动队列</translation>
    </message>
    <message>
        <source>Add only</source>
        <translation>仅添加</translation>
    </message>
    <message>
        <source>Add the run to the list; it can be queued later</source>
        <translation>将运行加入列表；可稍后入队</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s)</source>
        <translation>
            <numerusform>%n 个运行</numerusform>
        </translation>
    </message>
    <message>
        <source>, %1 trainable parameters</source>
        <translation>，%1 个可训练参数</translation>
    </message>
    <message>
        <source>Runs belong to a project: make one on the start page.</source>
        <translation>运行属于项目：请在开始页创建。</translation>
    </message>
    <message>
        <source>Command…</source>
        <translation>命令…</translation>
    </message>
    <message>
        <source>The run spec that this is, and the command that trains it without the desktop</source>
        <translation>对应的运行描述，以及不用桌面程序进行训练的命令</translation>
    </message>
    <message numerus="yes">
        <source>, %n task(s)</source>
        <translation>
            <numerusform>，%n 个任务</numerusform>
        </translation>
    </message>
    <message>
        <source>A Hugging Face folder, a .gguf file, or org/name of the Hugging Face cache; its weights stay frozen</source>
        <translation>Hugging Face 文件夹、.gguf 文件，或 Hugging Face 缓存中的 org/name；其权重保持冻结</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>无</translation>
    </message>
    <message>
        <source>%1: %2, now %3</source>
        <translation>%1：%2，现为 %3</translation>
    </message>
    <message>
        <source>Take them</source>
        <translation>采用</translation>
    </message>
    <message>
        <source>Show the project&apos;s settings in place of what is written here</source>
        <translation>用项目设置替换此处的内容</translation>
    </message>
    <message>
        <source>The project&apos;s settings were changed on disk and are shown as they are there.</source>
        <translation>项目设置在磁盘上已被更改，现按磁盘内容显示。</translation>
    </message>
    <message>
        <source>The project&apos;s settings were changed on disk since they were read here:</source>
        <translation>自在此读取以来，项目设置已在磁盘上更改：</translation>
    </message>
</context>
<context>
    <name>hilo::NewStudyDialog</name>
    <message>
        <source>New study</source>
        <translation>新建研究</translation>
    </message>
    <message>
        <source>What the study takes</source>
        <translation>研究所需资源</translation>
    </message>
    <message>
        <source>The same study as a command</source>
        <translation>同一研究的命令</translation>
    </message>
    <message>
        <source>The same study as a line for the terminal</source>
        <translation>在终端中执行同一研究的命令行</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy the command</source>
        <translation>复制命令</translation>
    </message>
    <message>
        <source>Start study</source>
        <translation>开始研究</translation>
    </message>
    <message>
        <source>Plan all runs, queue them and start training</source>
        <translation>规划所有运行，排队并开始训练</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Letters, digits, point, hyphen and underscore; names the study&apos;s file</source>
        <translation>字母、数字、点、连字符和下划线；用作研究文件名</translation>
    </message>
    <message>
        <source>Run settings</source>
        <translation>运行设置</translation>
    </message>
    <message>
        <source>A run spec of the project: model, training and evaluation of every run. Its map and seed are replaced</source>
        <translation>项目的运行规格：每次运行的模型、训练和评估。其中的分配图和种子会被替换</translation>
    </message>
    <message>
        <source>choose a run spec</source>
        <translation>选择运行规格</translation>
    </message>
    <message>
        <source>File…</source>
        <translation>文件…</translation>
    </message>
    <message>
        <source>A run spec from elsewhere</source>
        <translation>来自别处的运行规格</translation>
    </message>
    <message>
        <source>Seeds</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>One run of every cell for each seed; intervals need two at least</source>
        <translation>每个单元格每个种子运行一次；区间至少需要两个</translation>
    </message>
    <message>
        <source>for example 1 2 3, or 1-5</source>
        <translation>例如 1 2 3 或 1-5</translation>
    </message>
    <message>
        <source>Budgets</source>
        <translation>预算</translation>
    </message>
    <message>
        <source>Trainable parameters of the first allocation; several give a curve. Empty: what the first allocation has of itself</source>
        <translation>第一种分配的可训练参数；多个值给出曲线。留空：第一种分配自身的参数量</translation>
    </message>
    <message>
        <source>for example 20k 60k 200k; empty: as the first allocation is</source>
        <translation>例如 20k 60k 200k；留空：按第一种分配</translation>
    </message>
    <message>
        <source>Equal</source>
        <translation>相同项</translation>
    </message>
    <message>
        <source>What the allocations have in common at a budget</source>
        <translation>同一预算下各分配的共同点</translation>
    </message>
    <message>
        <source>trainable parameters</source>
        <translation>可训练参数</translation>
    </message>
    <message>
        <source>total rank</source>
        <translation>总秩</translation>
    </message>
    <message>
        <source>active parameters</source>
        <translation>激活参数</translation>
    </message>
    <message>
        <source>nothing, as they are</source>
        <translation>无，保持原样</translation>
    </message>
    <message>
        <source>Learning rates</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>Each allocation&apos;s rate is chosen among these by runs of its own on validation data, so that none wins by its step size</source>
        <translation>每种分配的学习率由验证数据上的专门运行从这些值中选出，以免靠步长取胜</translation>
    </message>
    <message>
        <source>empty: that of the run settings</source>
        <translation>留空：用运行设置中的值</translation>
    </message>
    <message>
        <source>One run on all tasks together</source>
        <translation>所有任务一起训练一次</translation>
    </message>
    <message>
        <source>Joint runs show which experts serve which task; else every task has runs of its own</source>
        <translation>联合运行可显示哪些专家服务于哪个任务；否则每个任务各自运行</translation>
    </message>
    <message>
        <source>Drop hopeless allocations early</source>
        <translation>尽早放弃无望的分配</translation>
    </message>
    <message>
        <source>After 1, 2, 4, … seeds the worse half by validation data gets no further ones; the first allocation stays</source>
        <translation>在 1、2、4、…个种子之后，验证数据上较差的一半不再增加种子；第一种分配保留</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名称(&amp;N)</translation>
    </message>
    <message>
        <source>Run &amp;settings</source>
        <translation>运行设置(&amp;S)</translation>
    </message>
    <message>
        <source>S&amp;eeds</source>
        <translation>种子(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Budgets</source>
        <translation>预算(&amp;B)</translation>
    </message>
    <message>
        <source>E&amp;qual</source>
        <translation>相同项(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Learning rates</source>
        <translation>学习率(&amp;L)</translation>
    </message>
    <message>
        <source>Tasks</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Allocations</source>
        <translation>分配</translation>
    </message>
    <message>
        <source>Add task</source>
        <translation>添加任务</translation>
    </message>
    <message>
        <source>A benchmark by name, a file or a folder of rows</source>
        <translation>按名称选择的基准，或含数据行的文件、文件夹</translation>
    </message>
    <message>
        <source>Benchmark…</source>
        <translation>基准…</translation>
    </message>
    <message>
        <source>Folder…</source>
        <translation>文件夹…</translation>
    </message>
    <message>
        <source>Add allocation</source>
        <translation>添加分配</translation>
    </message>
    <message>
        <source>A strategy, or a map of this project</source>
        <translation>一种策略，或本项目的分配图</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Leave the chosen task out</source>
        <translation>去掉所选任务</translation>
    </message>
    <message>
        <source>Leave the chosen allocation out</source>
        <translation>去掉所选分配</translation>
    </message>
    <message>
        <source>Make baseline</source>
        <translation>设为基准</translation>
    </message>
    <message>
        <source>Move the chosen allocation to the top: the others are compared with it</source>
        <translation>把所选分配移到首位：其他分配与它比较</translation>
    </message>
    <message>
        <source>Remove task</source>
        <translation>移除任务</translation>
    </message>
    <message>
        <source>Remove allocation</source>
        <translation>移除分配</translation>
    </message>
    <message>
        <source>Empty: those of the run settings.</source>
        <translation>留空：用运行设置中的任务。</translation>
    </message>
    <message>
        <source>The first is the baseline.</source>
        <translation>第一种为基准。</translation>
    </message>
    <message>
        <source>Choose run spec</source>
        <translation>选择运行规格</translation>
    </message>
    <message>
        <source>Run specs (*.json)</source>
        <translation>运行规格 (*.json)</translation>
    </message>
    <message>
        <source>The map %1</source>
        <translation>分配图 %1</translation>
    </message>
    <message>
        <source>Choose data</source>
        <translation>选择数据</translation>
    </message>
    <message>
        <source>Map %1</source>
        <translation>分配图 %1</translation>
    </message>
    <message>
        <source>Give the study a name.</source>
        <translation>请为研究命名。</translation>
    </message>
    <message>
        <source>Choose the settings of its runs: a run spec of the project, or that of a run.</source>
        <translation>请选择运行设置：项目的运行规格，或某次运行的规格。</translation>
    </message>
    <message>
        <source>Add an allocation; the first is the baseline.</source>
        <translation>请添加一种分配；第一种为基准。</translation>
    </message>
    <message>
        <source>Write the seeds as whole numbers, 1 2 3, or as a range, 1-5.</source>
        <translation>种子请写成整数 1 2 3，或范围 1-5。</translation>
    </message>
    <message>
        <source>Working out what this takes …</source>
        <translation>正在估算所需资源…</translation>
    </message>
    <message>
        <source>The answer of hilo study new cannot be read.</source>
        <translation>无法读取 hilo study new 的回答。</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) to train</source>
        <translation>
            <numerusform>需训练 %n 次运行</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n run(s) to train, the others are there</source>
        <translation>
            <numerusform>共 %n 次运行，需训练 %1 次，其余已有</numerusform>
        </translation>
    </message>
    <message>
        <source>about %1 on one device</source>
        <translation>单设备约 %1</translation>
    </message>
    <message>
        <source>time unknown before a first run of these settings</source>
        <translation>在首次以此设置运行之前时间未知</translation>
    </message>
    <message>
        <source>%1 of disk</source>
        <translation>磁盘 %1</translation>
    </message>
    <message>
        <source>at most %1 of memory a run</source>
        <translation>每次运行最多 %1 内存</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>an allocation and its parameters</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Trainable parameters: %1.</source>
        <translation>可训练参数：%1。</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>缩放</translation>
    </message>
    <message>
        <source>What the products of the experts are multiplied by. An allocation with a larger scale takes larger steps, and may win by that alone</source>
        <translation>专家乘积所乘的系数。缩放较大的分配步长较大，仅此就可能胜出</translation>
    </message>
    <message>
        <source>as the run settings say</source>
        <translation>按运行设置</translation>
    </message>
    <message>
        <source>that of the first allocation, for all</source>
        <translation>全部使用第一种分配的缩放</translation>
    </message>
    <message>
        <source>Profile</source>
        <translation>剖面</translation>
    </message>
    <message>
        <source>The complexity profile of the project that allocations by signals go by</source>
        <translation>按信号分配时所依据的项目复杂度剖面</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>S&amp;cale</source>
        <translation>缩放(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Profile</source>
        <translation>剖面(&amp;P)</translation>
    </message>
    <message>
        <source>A double click or F2 changes name and path: NAME:PATH</source>
        <translation>双击或按 F2 修改名称和路径：名称:路径</translation>
    </message>
    <message>
        <source>A double click or F2 changes strategy, settings and label: LABEL=STRATEGY:key=value;key=value</source>
        <translation>双击或按 F2 修改策略、设置和标签：标签=策略:key=value;key=value</translation>
    </message>
</context>
<context>
    <name>hilo::NoticePreferences</name>
    <message>
        <source>When a run ends or stands still</source>
        <translation>运行结束或停滞时</translation>
    </message>
    <message>
        <source>Try out</source>
        <translation>试一试</translation>
    </message>
    <message>
        <source>Tells everybody named here that this is a trial</source>
        <translation>告知这里列出的各方这是一次试验</translation>
    </message>
    <message>
        <source>Queues and studies that are started from now on tell it.</source>
        <translation>此后启动的队列和研究会发出通知。</translation>
    </message>
    <message>
        <source>Show a &amp;notice of the desktop</source>
        <translation>显示桌面通知(&amp;N)</translation>
    </message>
    <message>
        <source>Notice of the desktop</source>
        <translation>桌面通知</translation>
    </message>
    <message>
        <source>By notify-send (Debian: libnotify-bin)</source>
        <translation>通过 notify-send（Debian：libnotify-bin）</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>For the shell; it sees HILO_PROJECT, HILO_EVENT, HILO_RUN, HILO_STUDY and HILO_TEXT</source>
        <translation>交给 shell；可用变量 HILO_PROJECT、HILO_EVENT、HILO_RUN、HILO_STUDY 和 HILO_TEXT</translation>
    </message>
    <message>
        <source>&amp;Command</source>
        <translation>命令(&amp;C)</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>An http(s) address that is told by POST: a topic of ntfy, a webhook of Slack, …</source>
        <translation>以 POST 通知的 http(s) 地址：ntfy 主题、Slack Webhook 等</translation>
    </message>
    <message>
        <source>Form of the POST</source>
        <translation>POST 的形式</translation>
    </message>
    <message>
        <source>JSON with “text”, as Slack takes it, or the sentence alone, as ntfy takes it</source>
        <translation>带“text”的 JSON（Slack 的格式），或只有一句文字（ntfy 的格式）</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <translation>地址(&amp;A)</translation>
    </message>
    <message>
        <source>An address begins with https:// or http://; this one is not kept.</source>
        <translation>地址以 https:// 或 http:// 开头；此地址未保存。</translation>
    </message>
    <message>
        <source>Nobody is named yet.</source>
        <translation>尚未指定任何人。</translation>
    </message>
    <message>
        <source>Telling …</source>
        <translation>正在通知……</translation>
    </message>
    <message>
        <source>This is a trial.</source>
        <translation>这是一次试验。</translation>
    </message>
    <message>
        <source>Told.</source>
        <translation>已通知。</translation>
    </message>
</context>
<context>
    <name>hilo::Plot</name>
    <message>
        <source>Back to the page</source>
        <translation>返回页面</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>全屏</translation>
    </message>
    <message>
        <source>Copy picture</source>
        <translation>复制图片</translation>
    </message>
    <message>
        <source>Copy numbers</source>
        <translation>复制数值</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>保存…</translation>
    </message>
    <message>
        <source>The picture is in the clipboard.</source>
        <translation>图片已复制到剪贴板。</translation>
    </message>
    <message>
        <source>The numbers are in the clipboard, as CSV.</source>
        <translation>数值已以 CSV 格式复制到剪贴板。</translation>
    </message>
    <message>
        <source>Save chart</source>
        <translation>保存图表</translation>
    </message>
    <message>
        <source>PNG picture (*.png);;SVG picture (*.svg);;PDF document (*.pdf);;Numbers (*.csv)</source>
        <translation>PNG 图片 (*.png);;SVG 图片 (*.svg);;PDF 文档 (*.pdf);;数值 (*.csv)</translation>
    </message>
    <message>
        <source>Saved %1</source>
        <translation>已保存 %1</translation>
    </message>
</context>
<context>
    <name>hilo::PlotWindow</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Back to the page (Esc)</source>
        <translation>返回页面 (Esc)</translation>
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
    <name>hilo::ProfileDialog</name>
    <message>
        <source>Profile</source>
        <translation>剖面</translation>
    </message>
    <message>
        <source>From the &amp;weights</source>
        <translation>来自权重(&amp;W)</translation>
    </message>
    <message>
        <source>PL α, ranks and norms of the matrices. No data is read; seconds for small models.</source>
        <translation>PL α、矩阵的秩和范数。不读取数据；小模型只需数秒。</translation>
    </message>
    <message>
        <source>From &amp;activations</source>
        <translation>来自激活(&amp;A)</translation>
    </message>
    <message>
        <source>Ranks, intrinsic dimension, block influence, explained variance. A few forward passes over your rows.</source>
        <translation>秩、内在维度、块影响、解释方差。对数据行做几次前向传播。</translation>
    </message>
    <message>
        <source>From &amp;gradients</source>
        <translation>来自梯度(&amp;G)</translation>
    </message>
    <message>
        <source>Sensitivity, Fisher, whitened gradient, necessity, influence. Knows your task; the slowest.</source>
        <translation>敏感度、Fisher、白化梯度、必要性、影响。了解您的任务；最慢。</translation>
    </message>
    <message>
        <source> rows</source>
        <translation> 行</translation>
    </message>
    <message>
        <source>How many rows the signals of activations are measured on; two halves of them are compared</source>
        <translation>测量激活信号所用的行数；会比较其两半</translation>
    </message>
    <message>
        <source>&amp;Rows</source>
        <translation>行(&amp;R)</translation>
    </message>
    <message>
        <source>Name of the profile&apos;s file in the project&apos;s folder profiles</source>
        <translation>项目 profiles 文件夹中剖面文件的名称</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名称(&amp;N)</translation>
    </message>
    <message>
        <source>Looking at the project&apos;s data …</source>
        <translation>正在查看项目数据 …</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>No data is needed.</source>
        <translation>不需要数据。</translation>
    </message>
    <message>
        <source>This project has no data yet: choose it on the page Data (Ctrl+3), or measure the weights alone.</source>
        <translation>此项目还没有数据：请在“数据”页（Ctrl+3）选择，或仅测量权重。</translation>
    </message>
    <message>
        <source>Data: %1, template “%2”</source>
        <translation>数据：%1，模板“%2”</translation>
    </message>
    <message>
        <source>&amp;Trained run</source>
        <translation>已训练的运行(&amp;T)</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Measures a finished run&apos;s adapter too: how large its update is in each module and how many ranks it uses. A short run of generous rank is a pilot for “balanced”.</source>
        <translation>同时测量某个已完成运行的适配器：它在每个模块中的更新有多大、用到了多少秩。一次秩较大的短运行可作为“balanced”的先导运行。</translation>
    </message>
</context>
<context>
    <name>hilo::ProfileRunPanel</name>
    <message>
        <source>Running profile</source>
        <translation>正在测量剖面</translation>
    </message>
    <message>
        <source>Progress of the profile</source>
        <translation>剖面进度</translation>
    </message>
    <message>
        <source>End the measurement; nothing is written</source>
        <translation>结束测量；不写入任何内容</translation>
    </message>
    <message>
        <source>A profile is being measured already.</source>
        <translation>已有剖面正在测量。</translation>
    </message>
    <message>
        <source>Open a model first (page Start, Ctrl+1).</source>
        <translation>请先打开模型（“开始”页，Ctrl+1）。</translation>
    </message>
    <message>
        <source>The measurement was cancelled; nothing was written.</source>
        <translation>测量已取消；未写入任何内容。</translation>
    </message>
</context>
<context>
    <name>hilo::ProgramPanel</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Starting …</source>
        <translation>正在启动 …</translation>
    </message>
    <message>
        <source>Cancelling …</source>
        <translation>正在取消 …</translation>
    </message>
    <message>
        <source>, %1 of %2</source>
        <translation>，%1 / %2</translation>
    </message>
    <message>
        <source>, %1 left</source>
        <translation>，剩余 %1</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>hilo::ProgramRunner</name>
    <message>
        <source>hilo printed something that was not understood: %1</source>
        <translation>hilo 输出了无法理解的内容：%1</translation>
    </message>
    <message>
        <source>hilo printed more than was expected.</source>
        <translation>hilo 输出超出预期。</translation>
    </message>
</context>
<context>
    <name>hilo::ProjectSession</name>
    <message>
        <source>Changed on disk</source>
        <translation>磁盘上已更改</translation>
    </message>
</context>
<context>
    <name>hilo::PromptView</name>
    <message>
        <source>Rendered prompt</source>
        <translation>生成的提示</translation>
    </message>
    <message>
        <source>Chosen</source>
        <translation>被选</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>被拒</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>Judged to be good</source>
        <translation>被评为好</translation>
    </message>
    <message>
        <source>Judged to be bad</source>
        <translation>被评为差</translation>
    </message>
    <message>
        <source>read</source>
        <translation>读取</translation>
    </message>
    <message>
        <source>learnt</source>
        <translation>学习</translation>
    </message>
    <message>
        <source>cut off</source>
        <translation>截去</translation>
    </message>
</context>
<context>
    <name>hilo::PublishedModel</name>
    <message>
        <source>%1 on %2: %3</source>
        <comment>a method, a base model, a value</comment>
        <translation>%1（%2）：%3</translation>
    </message>
    <message>
        <source>%1, read in its code</source>
        <translation>%1，读自其代码</translation>
    </message>
    <message>
        <source>%1, read in the paper</source>
        <translation>%1，读自论文</translation>
    </message>
    <message>
        <source>%1 trainable parameters</source>
        <translation>%1 个可训练参数</translation>
    </message>
    <message>
        <source>Measured by the protocol “%1”, which is not the chosen one: not comparable.</source>
        <translation>按协议“%1”测量，并非所选协议：不可比。</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>Base model</source>
        <translation>基座模型</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>Metric</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>Trainable</source>
        <translation>可训练</translation>
    </message>
    <message>
        <source>Protocol</source>
        <translation>协议</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>来源</translation>
    </message>
</context>
<context>
    <name>hilo::RankDiagram</name>
    <message>
        <source>Mean ranks with the critical difference</source>
        <translation>平均名次与临界差</translation>
    </message>
    <message>
        <source>Mean ranks appear once two allocations have a value of every task.</source>
        <translation>当两种分配在每个任务上都有数值后，此处显示平均名次。</translation>
    </message>
    <message numerus="yes">
        <source>Mean ranks over %n task(s), the best first: %1.</source>
        <translation>
            <numerusform>%n 个任务上的平均名次，从好到差：%1。</numerusform>
        </translation>
    </message>
    <message>
        <source>Ranks that differ by less than %1 do not differ clearly (Nemenyi, 5 %).</source>
        <translation>相差小于 %1 的名次无明显差异（Nemenyi，5 %）。</translation>
    </message>
    <message>
        <source>Friedman&apos;s test finds a difference among them (p = %1).</source>
        <translation>Friedman 检验发现它们之间有差异（p = %1）。</translation>
    </message>
    <message>
        <source>Friedman&apos;s test finds no difference among them (p = %1).</source>
        <translation>Friedman 检验未发现它们之间有差异（p = %1）。</translation>
    </message>
    <message>
        <source>critical difference %1</source>
        <translation>临界差 %1</translation>
    </message>
</context>
<context>
    <name>hilo::ReferenceDialog</name>
    <message>
        <source>Strategies and signals</source>
        <translation>策略与信号</translation>
    </message>
    <message>
        <source>Strategies</source>
        <translation>策略</translation>
    </message>
    <message>
        <source>Signals</source>
        <translation>信号</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>查找</translation>
    </message>
    <message>
        <source>Find in the text</source>
        <translation>在文本中查找</translation>
    </message>
    <message>
        <source>Enter finds the next place</source>
        <translation>回车查找下一处</translation>
    </message>
</context>
<context>
    <name>hilo::RejectedModel</name>
    <message>
        <source>file</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>line</source>
        <translation>行</translation>
    </message>
    <message>
        <source>reason</source>
        <translation>原因</translation>
    </message>
</context>
<context>
    <name>hilo::RowDialog</name>
    <message>
        <source>p &lt; %1</source>
        <translation>p &lt; %1</translation>
    </message>
    <message>
        <source>p = %1</source>
        <translation>p = %1</translation>
    </message>
    <message>
        <source>%1 is right on %2 rows that %3 is wrong on, and wrong on %4 that it is right on.</source>
        <translation>%1 在 %2 行上答对而 %3 答错，在 %4 行上答错而对方答对。</translation>
    </message>
    <message>
        <source>A clear difference for %1 (McNemar, %2).</source>
        <translation>差异明显，%1 更好（McNemar，%2）。</translation>
    </message>
    <message>
        <source>No clear difference (McNemar, %1).</source>
        <translation>没有明显差异（McNemar，%1）。</translation>
    </message>
    <message>
        <source>Row by row: %1 and %2</source>
        <translation>逐行比较：%1 与 %2</translation>
    </message>
    <message>
        <source>Reading the answers …</source>
        <translation>正在读取答案 …</translation>
    </message>
    <message>
        <source>all rows</source>
        <translation>所有行</translation>
    </message>
    <message>
        <source>only %1 right</source>
        <translation>仅 %1 答对</translation>
    </message>
    <message>
        <source>both wrong</source>
        <translation>都答错</translation>
    </message>
    <message>
        <source>both right</source>
        <translation>都答对</translation>
    </message>
    <message>
        <source>different answers</source>
        <translation>答案不同</translation>
    </message>
    <message>
        <source>Which rows are shown</source>
        <translation>显示哪些行</translation>
    </message>
    <message>
        <source>Search rows</source>
        <translation>搜索行</translation>
    </message>
    <message>
        <source>Words of a row&apos;s text, place or answers; all have to match (Ctrl+F)</source>
        <translation>行的文本、位置或答案中的词；须全部匹配 (Ctrl+F)</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>行</translation>
    </message>
    <message>
        <source>The whole row</source>
        <translation>整行</translation>
    </message>
    <message>
        <source>The chosen row stands here whole.</source>
        <translation>所选的行在此完整显示。</translation>
    </message>
    <message>
        <source>Save table…</source>
        <translation>保存表格…</translation>
    </message>
    <message>
        <source>The rows that are shown, as CSV</source>
        <translation>以 CSV 保存所显示的行</translation>
    </message>
    <message>
        <source>These runs cannot be compared row by row.</source>
        <translation>这些运行无法逐行比较。</translation>
    </message>
    <message>
        <source>Both right: %1. Both wrong: %2. Rows: %3.</source>
        <translation>都答对：%1。都答错：%2。行数：%3。</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) that only one of the runs has answered are left out.</source>
        <translation>
            <numerusform>只有一个运行回答过的 %n 行未计入。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s)</source>
        <translation>
            <numerusform>%n 行</numerusform>
        </translation>
    </message>
    <message>
        <source>right answer</source>
        <translation>正确答案</translation>
    </message>
    <message>
        <source>Save table</source>
        <translation>保存表格</translation>
    </message>
    <message>
        <source>Table (*.csv)</source>
        <translation>表格 (*.csv)</translation>
    </message>
    <message>
        <source>Saved %1</source>
        <translation>已保存 %1</translation>
    </message>
    <message>
        <source>Not saved: %1</source>
        <translation>未保存：%1</translation>
    </message>
</context>
<context>
    <name>hilo::RowPairModel</name>
    <message>
        <source>right</source>
        <translation>正确</translation>
    </message>
    <message>
        <source>wrong</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>row</source>
        <translation>行</translation>
    </message>
    <message>
        <source>text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>right answer</source>
        <translation>正确答案</translation>
    </message>
</context>
<context>
    <name>hilo::RunCharts</name>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>nats/token</source>
        <translation>奈特/词元</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>tokens/s</source>
        <translation>词元/秒</translation>
    </message>
    <message>
        <source>Gradient norm</source>
        <translation>梯度范数</translation>
    </message>
    <message>
        <source>norm</source>
        <translation>范数</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>rate</source>
        <translation>率</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>GiB</source>
        <translation>GiB</translation>
    </message>
    <message>
        <source>Chart of %1 over steps</source>
        <translation>%1 随步数变化图</translation>
    </message>
    <message>
        <source>The curves of the chosen run stand here.</source>
        <translation>所选运行的曲线显示在此处。</translation>
    </message>
    <message>
        <source>Module whose expert loads are shown</source>
        <translation>显示专家负载的模块</translation>
    </message>
    <message>
        <source>Which module&apos;s experts; all: the mean over a layer&apos;s modules</source>
        <translation>哪个模块的专家；全部：一层各模块的均值</translation>
    </message>
    <message>
        <source>all modules</source>
        <translation>所有模块</translation>
    </message>
    <message>
        <source>share of the chosen slots, newest report</source>
        <translation>所选槽位份额，最新报告</translation>
    </message>
    <message>
        <source>Expert load by layer</source>
        <translation>每层专家负载</translation>
    </message>
    <message>
        <source>%1 tokens/s</source>
        <translation>%1 词元/秒</translation>
    </message>
    <message>
        <source>No values yet.</source>
        <translation>暂无数值。</translation>
    </message>
    <message>
        <source>Newest value: %1</source>
        <translation>最新值：%1</translation>
    </message>
    <message>
        <source>Measured</source>
        <translation>测量值</translation>
    </message>
    <message>
        <source>Measured metric that is shown</source>
        <translation>显示的测量指标</translation>
    </message>
    <message>
        <source>Result by task</source>
        <translation>各任务的结果</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Task whose expert loads are shown</source>
        <translation>显示其专家负载的任务</translation>
    </message>
    <message>
        <source>Whose tokens: those of all tasks, or of one: which expert serves which task</source>
        <translation>谁的词元：所有任务的，或某一任务的：哪个专家服务哪个任务</translation>
    </message>
    <message>
        <source>all tasks</source>
        <translation>所有任务</translation>
    </message>
    <message>
        <source>Logarithmic axes, full screen, copy, save</source>
        <translation>对数轴、全屏、复制、保存</translation>
    </message>
    <message>
        <source>What can be done with the chart of %1</source>
        <translation>可对“%1”图表执行的操作</translation>
    </message>
    <message>
        <source>The log of this run does not tell this axis.</source>
        <translation>该运行的日志没有说明此轴。</translation>
    </message>
    <message>
        <source>Not drawn, because their logs do not tell this axis: %1</source>
        <translation>未绘制，因为它们的日志没有说明该轴：%1</translation>
    </message>
</context>
<context>
    <name>hilo::RunInspector</name>
    <message>
        <source>Facts of the run</source>
        <translation>运行信息</translation>
    </message>
    <message>
        <source>Checkpoints</source>
        <translation>检查点</translation>
    </message>
    <message>
        <source>No checkpoint yet. One is written every few minutes, when a run is stopped, and with “Checkpoint now”.</source>
        <translation>还没有检查点。每隔几分钟、停止运行时以及按“立即保存检查点”时会写入。</translation>
    </message>
    <message>
        <source>Resume from here…</source>
        <translation>从此处恢复…</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Choose a checkpoint in the table first</source>
        <translation>请先在表中选择检查点</translation>
    </message>
    <message>
        <source>This checkpoint cannot be used: %1</source>
        <translation>此检查点无法使用：%1</translation>
    </message>
    <message>
        <source>Go on from this checkpoint; later ones are removed</source>
        <translation>从此检查点继续；之后的会被删除</translation>
    </message>
    <message>
        <source>Do not keep</source>
        <translation>不保留</translation>
    </message>
    <message>
        <source>A kept checkpoint is never removed to make room</source>
        <translation>保留的检查点不会为腾出空间而删除</translation>
    </message>
    <message>
        <source>No run is chosen</source>
        <translation>未选择运行</translation>
    </message>
    <message>
        <source>Choose one in the list to see how it does.</source>
        <translation>在列表中选择一个以查看其情况。</translation>
    </message>
    <message>
        <source> · seed %1</source>
        <translation> · 种子 %1</translation>
    </message>
    <message numerus="yes">
        <source> and %n more</source>
        <translation>
            <numerusform> 以及另外 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>, process %1</source>
        <translation>，进程 %1</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>步</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>Trained for</source>
        <translation>训练时长</translation>
    </message>
    <message>
        <source>Since start</source>
        <translation>已用时</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>剩余</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>准确率</translation>
    </message>
    <message>
        <source>Trainable</source>
        <translation>可训练</translation>
    </message>
    <message>
        <source>Active per token</source>
        <translation>每词元激活</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>MFU (4N)</source>
        <translation>MFU (4N)</translation>
    </message>
    <message>
        <source>Peak memory</source>
        <translation>内存峰值</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>The run has a process; stop it first</source>
        <translation>该运行有进程；请先停止</translation>
    </message>
    <message>
        <source>The run is %1; duplicate it to train again</source>
        <translation>该运行%1；复制后可再次训练</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Log or settings</source>
        <translation>日志或设置</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>The end of what the run&apos;s process has said</source>
        <translation>运行进程输出的末尾</translation>
    </message>
    <message>
        <source>Every setting of the run, and what it was made with</source>
        <translation>运行的所有设置，以及制作环境</translation>
    </message>
</context>
<context>
    <name>hilo::RunListModel</name>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>seed %1</source>
        <translation>种子 %1</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>剩余 %1</translation>
    </message>
    <message>
        <source>starting</source>
        <translation>启动中</translation>
    </message>
    <message>
        <source>loss %1</source>
        <translation>损失 %1</translation>
    </message>
    <message>
        <source>measuring</source>
        <translation>测量中</translation>
    </message>
    <message>
        <source>all steps done, the result is measured</source>
        <translation>所有步骤已完成，正在测量结果</translation>
    </message>
    <message>
        <source>starred, %1</source>
        <translation>已加星标，%1</translation>
    </message>
</context>
<context>
    <name>hilo::RunListView</name>
    <message>
        <source>Runs</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Alt+Up and Alt+Down move a waiting run in the queue, Delete removes runs.</source>
        <translation>Alt+上/下在队列中移动等待的运行，Delete 删除运行。</translation>
    </message>
    <message>
        <source>No run matches. Clear the search to see all of them.</source>
        <translation>没有匹配的运行。清空搜索可查看全部。</translation>
    </message>
    <message>
        <source>No runs yet. “New run…” makes the first one.</source>
        <translation>还没有运行。“新建运行…”创建第一个。</translation>
    </message>
</context>
<context>
    <name>hilo::RunMessage</name>
    <message>
        <source>What is wrong with this run</source>
        <translation>此运行的问题</translation>
    </message>
    <message>
        <source>Edit and retry…</source>
        <translation>修改并重试…</translation>
    </message>
    <message>
        <source>A new run with these settings, to change some of them</source>
        <translation>以这些设置新建运行，并修改其中一些</translation>
    </message>
</context>
<context>
    <name>hilo::RunNotesEditor</name>
    <message>
        <source>Name of the run</source>
        <translation>运行名称</translation>
    </message>
    <message>
        <source>Another name for the run (F2); empty brings back the one of its settings</source>
        <translation>运行的别名 (F2)；留空则恢复设置中的名称</translation>
    </message>
    <message>
        <source>Star</source>
        <translation>星标</translation>
    </message>
    <message>
        <source>Mark the run with a star (Ctrl+Shift+B)</source>
        <translation>为运行加星标 (Ctrl+Shift+B)</translation>
    </message>
    <message>
        <source>tags, with commas between</source>
        <translation>标签，以逗号分隔</translation>
    </message>
    <message>
        <source>Tags of the run</source>
        <translation>运行的标签</translation>
    </message>
    <message>
        <source>Words to find runs by, with commas between; a filter asks for them by “tags ~ word”</source>
        <translation>用于查找运行的词，以逗号分隔；筛选时写作“tags ~ 词”</translation>
    </message>
    <message>
        <source>note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Note on the run</source>
        <translation>运行的备注</translation>
    </message>
    <message>
        <source>What you want to remember of the run; kept when you leave the field or press Ctrl+Return</source>
        <translation>关于运行想记住的内容；离开输入框或按 Ctrl+Return 时保存</translation>
    </message>
</context>
<context>
    <name>hilo::RunOverlay</name>
    <message>
        <source> · seed %1</source>
        <translation> · 种子 %1</translation>
    </message>
</context>
<context>
    <name>hilo::RunSettingsView</name>
    <message>
        <source>Search settings</source>
        <translation>搜索设置</translation>
    </message>
    <message>
        <source>Words of a setting&apos;s name or value; all have to match</source>
        <translation>设置名称或值中的词；须全部匹配</translation>
    </message>
    <message>
        <source>Settings of the run</source>
        <translation>运行的设置</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>What the run was made with</source>
        <translation>运行的制作环境</translation>
    </message>
    <message>
        <source>HILO</source>
        <translation>HILO</translation>
    </message>
    <message>
        <source>LibTorch</source>
        <translation>LibTorch</translation>
    </message>
    <message>
        <source>Machine</source>
        <translation>机器</translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>处理器</translation>
    </message>
    <message>
        <source>GPU</source>
        <translation>GPU</translation>
    </message>
    <message>
        <source>Driver</source>
        <translation>驱动</translation>
    </message>
    <message>
        <source>Model commit</source>
        <translation>模型提交</translation>
    </message>
    <message>
        <source>Model&apos;s content</source>
        <translation>模型内容</translation>
    </message>
    <message>
        <source>Data&apos;s content</source>
        <translation>数据内容</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>What it is made with is noted when it begins.</source>
        <translation>制作环境在运行开始时记录。</translation>
    </message>
</context>
<context>
    <name>hilo::RunSpecDialog</name>
    <message>
        <source>Run spec</source>
        <translation>运行描述</translation>
    </message>
    <message>
        <source>What the form says, as the file that hilo train takes. Paths are whole, so it may lie anywhere on this machine.</source>
        <translation>表单的内容，即 hilo train 所读的文件。路径是完整的，因此它可以放在本机任何位置。</translation>
    </message>
    <message>
        <source>Train it without the desktop</source>
        <translation>不用桌面程序训练</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy this command</source>
        <translation>复制此命令</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>保存…</translation>
    </message>
    <message>
        <source>Write the run spec into a file</source>
        <translation>把运行描述写入文件</translation>
    </message>
    <message>
        <source>Copy run spec</source>
        <translation>复制运行描述</translation>
    </message>
    <message>
        <source>Copy the whole text</source>
        <translation>复制全部文本</translation>
    </message>
    <message>
        <source>Save run spec</source>
        <translation>保存运行描述</translation>
    </message>
    <message>
        <source>Run specs (*.run.json *.json)</source>
        <translation>运行描述 (*.run.json *.json)</translation>
    </message>
    <message>
        <source>Written to %1.</source>
        <translation>已写入 %1。</translation>
    </message>
</context>
<context>
    <name>hilo::RunSpecForm</name>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Evaluation</source>
        <translation>评估</translation>
    </message>
    <message>
        <source>Show all settings</source>
        <translation>显示所有设置</translation>
    </message>
    <message>
        <source>Also the settings that rarely need a change; their defaults are sound</source>
        <translation>也显示很少需要更改的设置；其默认值合适</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>选择文件夹</translation>
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
        <source>File…</source>
        <translation>文件…</translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation>选择文件</translation>
    </message>
    <message>
        <source>as the run says</source>
        <translation>与运行相同</translation>
    </message>
</context>
<context>
    <name>hilo::RunStatePanel</name>
    <message>
        <source>What the run does</source>
        <translation>运行的状态</translation>
    </message>
    <message>
        <source>What the run is asked to do</source>
        <translation>运行要做什么</translation>
    </message>
    <message>
        <source>Start queue</source>
        <translation>启动队列</translation>
    </message>
    <message>
        <source>Start the program that trains the waiting runs</source>
        <translation>启动训练等待中运行的程序</translation>
    </message>
    <message>
        <source>Train it first</source>
        <translation>优先训练</translation>
    </message>
    <message>
        <source>Put it before all that wait</source>
        <translation>排到所有等待者之前</translation>
    </message>
    <message>
        <source>Edit and retry…</source>
        <translation>修改并重试…</translation>
    </message>
    <message>
        <source>A new run with these settings, to change some of them</source>
        <translation>以这些设置新建运行，并修改其中一些</translation>
    </message>
    <message>
        <source>Edit as a new run…</source>
        <translation>作为新运行修改…</translation>
    </message>
    <message>
        <source>No run is chosen</source>
        <translation>未选择运行</translation>
    </message>
    <message>
        <source>The curves of the chosen run stand here. Choose several in the list to lay them over one another.</source>
        <translation>所选运行的曲线显示在此。在列表中选择多个可将它们叠加。</translation>
    </message>
    <message>
        <source>Waits: number %1 of %2 in the queue</source>
        <translation>等待中：队列中第 %1 个，共 %2 个</translation>
    </message>
    <message>
        <source>Waits in the queue</source>
        <translation>在队列中等待</translation>
    </message>
    <message>
        <source>It begins when the runs before it are done. Drag it in the list to change the order.</source>
        <translation>排在前面的运行完成后开始。在列表中拖动可更改顺序。</translation>
    </message>
    <message>
        <source>Nothing trains now. Its curves stand here as soon as it has begun.</source>
        <translation>目前没有训练。开始后其曲线显示在此。</translation>
    </message>
    <message>
        <source>Not queued yet</source>
        <translation>尚未排队</translation>
    </message>
    <message>
        <source>“Queue” above puts it behind the runs that wait.</source>
        <translation>上方的“排队”将其放到等待的运行之后。</translation>
    </message>
    <message>
        <source>Is starting</source>
        <translation>正在启动</translation>
    </message>
    <message>
        <source>The model and the data are read; the first step is told here.</source>
        <translation>正在读取模型和数据；第一步将在此显示。</translation>
    </message>
    <message>
        <source>Ended before its first step</source>
        <translation>在第一步之前结束</translation>
    </message>
    <message>
        <source>There are no curves to draw. What went wrong stands above, and in its log on the right.</source>
        <translation>没有可绘制的曲线。出错原因见上方及右侧日志。</translation>
    </message>
    <message>
        <source>Came with its result alone</source>
        <translation>只有结果</translation>
    </message>
    <message>
        <source>The curves of its training are not in its folder: it was imported, or its log was shortened. Its result counts like any other.</source>
        <translation>其文件夹中没有训练曲线：它是导入的，或日志被缩短。其结果与其他运行同等有效。</translation>
    </message>
    <message>
        <source>There are no curves to draw.</source>
        <translation>没有可绘制的曲线。</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>映射</translation>
    </message>
    <message>
        <source>Strategy</source>
        <translation>策略</translation>
    </message>
    <message>
        <source>Experts</source>
        <translation>专家</translation>
    </message>
    <message>
        <source>Sum of ranks</source>
        <translation>秩之和</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>轮次</translation>
    </message>
    <message>
        <source>Batch size</source>
        <translation>批大小</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>Router</source>
        <translation>路由器</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
</context>
<context>
    <name>hilo::RunsPage</name>
    <message>
        <source>Runs</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Runs belong to a project. Open one or make one on the start page (Ctrl+1).</source>
        <translation>运行属于项目。请在开始页（Ctrl+1）打开或新建项目。</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>More that can be done with the chosen runs</source>
        <translation>可对所选运行进行的更多操作</translation>
    </message>
    <message>
        <source>Search runs</source>
        <translation>搜索运行</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>等待</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>trouble</source>
        <translation>有问题</translation>
    </message>
    <message>
        <source>Which runs are shown</source>
        <translation>显示哪些运行</translation>
    </message>
    <message>
        <source>The queue has a new order.</source>
        <translation>队列顺序已更改。</translation>
    </message>
    <message>
        <source>The checkpoint of step %1 is kept.</source>
        <translation>第 %1 步的检查点已保留。</translation>
    </message>
    <message>
        <source>The checkpoint of step %1 may go.</source>
        <translation>第 %1 步的检查点可被删除。</translation>
    </message>
    <message>
        <source> seed %1</source>
        <translation> 种子 %1</translation>
    </message>
    <message>
        <source>step %1 of %2</source>
        <translation>第 %1 步，共 %2 步</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s)</source>
        <translation>
            <numerusform>%n 个运行</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing waits behind what runs.</source>
        <translation>正在运行的之后没有等待项。</translation>
    </message>
    <message numerus="yes">
        <source>%n wait(s). Drag them to reorder.</source>
        <translation>
            <numerusform>%n 个等待。拖动可重新排序。</numerusform>
        </translation>
    </message>
    <message>
        <source>One run waits.</source>
        <translation>一个运行在等待。</translation>
    </message>
    <message numerus="yes">
        <source>%n wait(s) and none runs.</source>
        <translation>
            <numerusform>%n 个等待，没有正在运行的。</numerusform>
        </translation>
    </message>
    <message>
        <source> The queue said last: %1</source>
        <translation> 队列最后的消息：%1</translation>
    </message>
    <message numerus="yes">
        <source>Stopping since %n second(s).</source>
        <translation>
            <numerusform>正在停止，已 %n 秒。</numerusform>
        </translation>
    </message>
    <message>
        <source>It stops at the end of its step and writes a checkpoint. “End it now” (More) ends its process without; it can be resumed from its last checkpoint then.</source>
        <translation>它会在本步结束时停止并写入检查点。“立即结束”（更多）会直接结束进程；之后可从最后的检查点恢复。</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Hold the run at the end of its step; memory stays taken</source>
        <translation>在本步结束时暂停；内存仍被占用</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Wake a paused run, or queue one to go on from its newest valid checkpoint</source>
        <translation>唤醒暂停的运行，或入队以从最新有效检查点继续</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Write a checkpoint and end the process; a waiting run leaves the queue</source>
        <translation>写入检查点并结束进程；等待的运行离开队列</translation>
    </message>
    <message>
        <source>Checkpoint now</source>
        <translation>立即保存检查点</translation>
    </message>
    <message>
        <source>Write a checkpoint at the end of the step</source>
        <translation>在本步结束时写入检查点</translation>
    </message>
    <message>
        <source>Duplicate…</source>
        <translation>复制…</translation>
    </message>
    <message>
        <source>A new run with the settings of this one, to change some of them</source>
        <translation>用此运行的设置新建运行，可作修改</translation>
    </message>
    <message>
        <source>Show command…</source>
        <translation>显示命令…</translation>
    </message>
    <message>
        <source>The command that does the same in a terminal</source>
        <translation>在终端中等价的命令</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Select the chosen runs on the page Compare</source>
        <translation>在“比较”页选中所选运行</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>The run&apos;s folder in the file manager</source>
        <translation>在文件管理器中打开运行文件夹</translation>
    </message>
    <message>
        <source>Archive…</source>
        <translation>归档…</translation>
    </message>
    <message>
        <source>Pack the run&apos;s folder into one file; results stay</source>
        <translation>将运行文件夹打包为一个文件；结果保留</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>还原</translation>
    </message>
    <message>
        <source>Unpack an archived run</source>
        <translation>解包已归档的运行</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>删除…</translation>
    </message>
    <message>
        <source>Remove the run&apos;s folder and its results for ever</source>
        <translation>永久删除运行文件夹及其结果</translation>
    </message>
    <message>
        <source>End it now…</source>
        <translation>立即结束…</translation>
    </message>
    <message>
        <source>End the process of a run that does not stop: by SIGTERM, then by SIGKILL</source>
        <translation>结束不停止的运行的进程：先 SIGTERM，再 SIGKILL</translation>
    </message>
    <message>
        <source>New run…</source>
        <translation>新建运行…</translation>
    </message>
    <message>
        <source>Choose a map, data and settings</source>
        <translation>选择分配图、数据和设置</translation>
    </message>
    <message>
        <source>Start queue</source>
        <translation>启动队列</translation>
    </message>
    <message>
        <source>Start the program that trains the waiting runs; it goes on when this window is closed</source>
        <translation>启动训练等待运行的程序；关闭窗口后仍会继续</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>入队</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>The run pauses at the end of its step.</source>
        <translation>运行将在本步结束时暂停。</translation>
    </message>
    <message>
        <source>The run goes on.</source>
        <translation>运行继续。</translation>
    </message>
    <message>
        <source>The run stops at the end of its step and keeps a checkpoint.</source>
        <translation>运行将在本步结束时停止并保留检查点。</translation>
    </message>
    <message>
        <source>A checkpoint is written at the end of the step.</source>
        <translation>将在本步结束时写入检查点。</translation>
    </message>
    <message>
        <source>End the process?</source>
        <translation>结束进程？</translation>
    </message>
    <message>
        <source>The run loses the steps since its last checkpoint. It can be resumed from there.</source>
        <translation>运行会丢失自上次检查点以来的步骤。之后可从那里恢复。</translation>
    </message>
    <message>
        <source>End it now</source>
        <translation>立即结束</translation>
    </message>
    <message>
        <source>The process is being ended …</source>
        <translation>正在结束进程 …</translation>
    </message>
    <message>
        <source>The process is gone.</source>
        <translation>进程已结束。</translation>
    </message>
    <message>
        <source>Train it from the beginning, in this project</source>
        <translation>在此项目中从头训练</translation>
    </message>
    <message>
        <source>Go on from its newest valid checkpoint</source>
        <translation>从最新有效检查点继续</translation>
    </message>
    <message>
        <source>Queue it, and train what is queued</source>
        <translation>入队并训练队列</translation>
    </message>
    <message>
        <source>The same settings in a folder elsewhere</source>
        <translation>在其他文件夹使用相同设置</translation>
    </message>
    <message>
        <source>Commands of %1</source>
        <translation>%1 的命令</translation>
    </message>
    <message>
        <source>Archive?</source>
        <translation>归档？</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) become one packed file each. Charts and results stay; the adapter can be used again after “Restore”.</source>
        <translation>
            <numerusform>%n 个运行将各自打包为一个文件。图表和结果保留；“还原”后可再次使用适配器。</numerusform>
        </translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>归档</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) archived.</source>
        <translation>
            <numerusform>已归档 %n 个运行。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) restored.</source>
        <translation>
            <numerusform>已还原 %n 个运行。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>另有 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>Delete?</source>
        <translation>删除？</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) with checkpoints, adapters and results are removed for ever:

%1</source>
        <translation>
            <numerusform>%n 个运行及其检查点、适配器和结果将被永久删除：

%1</numerusform>
        </translation>
    </message>
    <message>
        <source>Delete for ever</source>
        <translation>永久删除</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) deleted.</source>
        <translation>
            <numerusform>已删除 %n 个运行。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) queued.</source>
        <translation>
            <numerusform>%n 个运行已入队。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) added.</source>
        <translation>
            <numerusform>已添加 %n 个运行。</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 again</source>
        <translation>%1 再次</translation>
    </message>
    <message>
        <source>Resume from step %1?</source>
        <translation>从第 %1 步恢复？</translation>
    </message>
    <message>
        <source>The run goes on from step %1; what it trained from there to step %2 is done again, and later checkpoints are removed.</source>
        <translation>运行从第 %1 步继续；从那里到第 %2 步的训练会重做，之后的检查点会被删除。</translation>
    </message>
    <message>
        <source>Resume from there</source>
        <translation>从那里恢复</translation>
    </message>
    <message>
        <source>The run goes on from step %1.</source>
        <translation>运行从第 %1 步继续。</translation>
    </message>
    <message>
        <source>&lt;h3&gt;Queue and runs&lt;/h3&gt;&lt;p&gt;The list holds what trains now, then the queue in its order, then everything else, newest first. Drag a waiting run, or press Alt+Up and Alt+Down, to change the order. Runs are processes of their own: closing this window stops none, and the next start finds them again.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Loss&lt;/b&gt; is the mean negative log-likelihood of the trained tokens; the strong line is its exponentially weighted mean. What was measured on validation rows stands in the same chart. &lt;b&gt;What else was measured&lt;/b&gt; is chosen in the second card; every task has a colour, points are validation, diamonds the test; accuracies come with their 95 % interval (Wilson 1927). A dashed line marks the step whose weights the run has taken. &lt;b&gt;Gradient norm&lt;/b&gt; is taken before clipping. &lt;b&gt;MFU (4N)&lt;/b&gt; is the share of the device&apos;s peak that 4 × parameters × tokens need: the base is frozen, so its weight gradients are not counted.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Expert load&lt;/b&gt; shows how a layer&apos;s tokens are spread over its experts. The middle of the scale is an equal share; columns with one bright cell mean that the router uses one expert only, which an auxiliary loss evens out (Fedus et al. 2021). With several tasks it can show the tokens of one: which expert serves which task.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Pause&lt;/b&gt; keeps the process and its memory, &lt;b&gt;Stop&lt;/b&gt; writes a checkpoint and ends it; &lt;b&gt;Resume&lt;/b&gt; goes on from the newest valid checkpoint to the same numbers as if nothing had happened. The table on the right lists all checkpoints and says why one cannot be used.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Next:&lt;/b&gt; compare finished runs on the page Compare, try or export their adapters.&lt;/p&gt;</source>
        <translation>&lt;h3&gt;队列与运行&lt;/h3&gt;&lt;p&gt;列表先显示正在训练的，然后按顺序显示队列，再按时间倒序显示其余。拖动等待的运行或按 Alt+上/下可改变顺序。运行是独立进程：关闭窗口不会停止任何运行，下次启动会重新找到它们。&lt;/p&gt;&lt;p&gt;&lt;b&gt;损失&lt;/b&gt;是所训练词元的平均负对数似然；粗线是其指数加权均值。在验证行上测得的值在同一张图中。&lt;b&gt;其他测量值&lt;/b&gt;在第二张卡片中选择；每个任务一种颜色，圆点为验证，菱形为测试；准确率附 95 % 区间（Wilson 1927）。虚线标出运行所采用权重的步。&lt;b&gt;梯度范数&lt;/b&gt;为裁剪前的值。&lt;b&gt;MFU (4N)&lt;/b&gt;是 4 × 参数 × 词元占设备峰值的份额：基座冻结，因此不计其权重梯度。&lt;/p&gt;&lt;p&gt;&lt;b&gt;专家负载&lt;/b&gt;显示一层的词元如何分布到各专家。色标中间为均等份额；只有一个亮格的列表示路由只用一个专家，辅助损失可使其均衡（Fedus 等 2021）。有多个任务时可只显示某一任务的词元：哪个专家服务哪个任务。&lt;/p&gt;&lt;p&gt;&lt;b&gt;暂停&lt;/b&gt;保留进程及其内存，&lt;b&gt;停止&lt;/b&gt;写入检查点并结束；&lt;b&gt;恢复&lt;/b&gt;从最新的有效检查点继续，得到与从未中断相同的数值。右侧表格列出所有检查点，并说明无法使用的原因。&lt;/p&gt;&lt;p&gt;&lt;b&gt;下一步：&lt;/b&gt;在“比较”页比较已完成的运行，试用或导出其适配器。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Give the run another name</source>
        <translation>为运行另起名称</translation>
    </message>
    <message>
        <source>Star or take the star away</source>
        <translation>加星标或取消星标</translation>
    </message>
    <message>
        <source>Mark the chosen runs with a star, or take it away</source>
        <translation>为所选运行加星标或取消</translation>
    </message>
    <message>
        <source>Train it first</source>
        <translation>优先训练</translation>
    </message>
    <message>
        <source>Put it before all runs that wait</source>
        <translation>排到所有等待的运行之前</translation>
    </message>
    <message numerus="yes">
        <source>Star of %n run(s) taken away</source>
        <translation>
            <numerusform>已取消 %n 个运行的星标</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) starred</source>
        <translation>
            <numerusform>已为 %n 个运行加星标</numerusform>
        </translation>
    </message>
    <message>
        <source>It is trained next.</source>
        <translation>它将是下一个训练的。</translation>
    </message>
    <message>
        <source>&lt;p&gt;&lt;b&gt;Several runs&lt;/b&gt; chosen in the list are laid over one another. All curves go over steps, tokens, epochs or time; what the mouse points at in one chart is told in all. They are smoothed by an exponential mean, a running mean or a running median; the values themselves stay faintly behind. The button ⋯ of a chart, its right click, or L, F and Ctrl+C make an axis logarithmic, show the chart alone, copy it, or save it with its numbers.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Name, tags, note and star&lt;/b&gt; of a run are kept as notes.json in its folder; everything of it can be undone with Ctrl+Z. A filter on the page Compare asks for “tags ~ word” and “starred”.&lt;/p&gt;</source>
        <translation>&lt;p&gt;在列表中选择&lt;b&gt;多个运行&lt;/b&gt;会将它们叠加。所有曲线可沿步数、词元、轮次或时间展开；鼠标在一张图上所指之处，所有图都会显示数值。平滑方式有指数均值、滑动均值和滑动中位数；原始值以淡色显示在后面。图表的 ⋯ 按钮、右键，或 L、F、Ctrl+C 可使坐标轴取对数、单独显示、复制，或连同数值保存。&lt;/p&gt;&lt;p&gt;运行的&lt;b&gt;名称、标签、备注和星标&lt;/b&gt;以 notes.json 保存在其文件夹中；所有更改都可用 Ctrl+Z 撤销。“比较”页的筛选可写“tags ~ 词”和“starred”。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Words of the name, the state, the tags or the note; all have to match</source>
        <translation>名称、状态、标签或备注中的词；须全部匹配</translation>
    </message>
    <message>
        <source>starred</source>
        <translation>已加星标</translation>
    </message>
    <message>
        <source>Run renamed</source>
        <translation>运行已重命名</translation>
    </message>
    <message>
        <source>Tags changed</source>
        <translation>标签已更改</translation>
    </message>
    <message>
        <source>Note changed</source>
        <translation>备注已更改</translation>
    </message>
    <message>
        <source>Run starred</source>
        <translation>运行已加星标</translation>
    </message>
    <message>
        <source>Star taken away</source>
        <translation>星标已取消</translation>
    </message>
    <message>
        <source> · seed %1</source>
        <translation> · 种子 %1</translation>
    </message>
    <message>
        <source> · with the curves of %1 further runs</source>
        <translation> · 另含 %1 个运行的曲线</translation>
    </message>
    <message>
        <source>Undone: %1</source>
        <translation>已撤销：%1</translation>
    </message>
</context>
<context>
    <name>hilo::SearchDialog</name>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>GuiLoMo trains a mixture with more experts and ranks than needed on half of the batches, and learns on the other half which of them to keep. A step takes four forward and backward passes.</source>
        <translation>GuiLoMo 在一半批次上训练专家数和秩都多于所需的混合体，并在另一半批次上学习保留其中哪些。每一步需要四次前向和反向计算。</translation>
    </message>
    <message>
        <source>Name of the search&apos;s files in the project&apos;s folder searches</source>
        <translation>搜索文件在项目文件夹 searches 中的名称</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名称(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Experts</source>
        <translation>专家(&amp;E)</translation>
    </message>
    <message>
        <source>Experts that every module has while it is searched</source>
        <translation>搜索期间每个模块的专家数</translation>
    </message>
    <message>
        <source>&amp;Rank</source>
        <translation>秩(&amp;R)</translation>
    </message>
    <message>
        <source>Rank of each of them</source>
        <translation>每个专家的秩</translation>
    </message>
    <message>
        <source>&amp;Steps</source>
        <translation>步数(&amp;S)</translation>
    </message>
    <message>
        <source>Each takes two batches of the project&apos;s rows</source>
        <translation>每步取项目数据行的两个批次</translation>
    </message>
    <message>
        <source>four epochs, as published</source>
        <translation>四个轮次，与论文一致</translation>
    </message>
    <message>
        <source>Looking at the project&apos;s data …</source>
        <translation>正在查看项目数据 …</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>A search of this name is finished already.</source>
        <translation>此名称的搜索已经完成。</translation>
    </message>
    <message>
        <source>This search was stopped; it goes on from step %1 of %2.</source>
        <translation>此搜索曾被停止；将从第 %1 步（共 %2 步）继续。</translation>
    </message>
    <message>
        <source>This project has no data yet: choose it on the page Data (Ctrl+3).</source>
        <translation>此项目还没有数据：请在“数据”页（Ctrl+3）选择。</translation>
    </message>
    <message>
        <source>Data: %1, template “%2”</source>
        <translation>数据：%1，模板“%2”</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
</context>
<context>
    <name>hilo::SearchRunPanel</name>
    <message>
        <source>Running search</source>
        <translation>正在进行的搜索</translation>
    </message>
    <message>
        <source>Progress of the search</source>
        <translation>搜索进度</translation>
    </message>
    <message>
        <source>Stop the search; what it has learned is kept, and “Search…” goes on from there</source>
        <translation>停止搜索；已学到的内容会保留，“搜索…”可从该处继续</translation>
    </message>
    <message>
        <source>The search was stopped; “Search…” goes on from there.</source>
        <translation>搜索已停止；“搜索…”可从该处继续。</translation>
    </message>
    <message>
        <source>A search is running already.</source>
        <translation>已有搜索正在进行。</translation>
    </message>
    <message>
        <source>A search needs a project with a model and data (page Start, Ctrl+1).</source>
        <translation>搜索需要一个带有模型和数据的项目（“开始”页，Ctrl+1）。</translation>
    </message>
</context>
<context>
    <name>hilo::SettingsModel</name>
    <message>
        <source>setting</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>value</source>
        <translation>值</translation>
    </message>
</context>
<context>
    <name>hilo::ShortcutDialog</name>
    <message>
        <source>Shortcuts</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>What</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>查找</translation>
    </message>
    <message>
        <source>Find a shortcut</source>
        <translation>查找快捷键</translation>
    </message>
</context>
<context>
    <name>hilo::SignalCharts</name>
    <message>
        <source>Over depth</source>
        <translation>随深度变化</translation>
    </message>
    <message>
        <source>Spectrum</source>
        <translation>谱</translation>
    </message>
    <message>
        <source>Do the signals agree?</source>
        <translation>信号是否一致？</translation>
    </message>
    <message>
        <source>Signals</source>
        <translation>信号</translation>
    </message>
    <message>
        <source>Which signals are drawn over depth</source>
        <translation>绘制哪些信号</translation>
    </message>
    <message>
        <source>Each signal from its lowest to its highest layer. Click a layer to select it everywhere.</source>
        <translation>每个信号从最低层到最高层。点击某层可在所有页面选中它。</translation>
    </message>
    <message>
        <source>Which signal&apos;s spectrum is drawn</source>
        <translation>绘制哪个信号的谱</translation>
    </message>
    <message>
        <source>Module</source>
        <translation>模块</translation>
    </message>
    <message>
        <source>The module whose spectrum is drawn, in the selected layer</source>
        <translation>在所选层中绘制其谱的模块</translation>
    </message>
    <message>
        <source>Rank correlation of the signals</source>
        <translation>信号的秩相关</translation>
    </message>
    <message>
        <source>This profile has no spectra. Measure the explained variance or the whitened gradient to see them.</source>
        <translation>此剖面没有谱。请测量解释方差或白化梯度。</translation>
    </message>
</context>
<context>
    <name>hilo::SignalModel</name>
    <message>
        <source>Layer %1</source>
        <translation>第 %1 层</translation>
    </message>
    <message>
        <source>Layer %1, %2</source>
        <translation>第 %1 层，%2</translation>
    </message>
    <message>
        <source>%1: no value</source>
        <translation>%1：无值</translation>
    </message>
    <message>
        <source>%1: %2 differs by %3 from the baseline</source>
        <translation>%1：%2 与基准相差 %3</translation>
    </message>
    <message>
        <source>%1: %2 %3</source>
        <translation>%1：%2 %3</translation>
    </message>
    <message>
        <source>%1: %2 %3, %4 of the way from the lowest to the highest</source>
        <translation>%1：%2 %3，位于最低到最高的 %4 处</translation>
    </message>
    <message>
        <source>layer</source>
        <translation>层</translation>
    </message>
</context>
<context>
    <name>hilo::SpectrumChart</name>
    <message>
        <source>index, largest first</source>
        <translation>序号，由大到小</translation>
    </message>
    <message>
        <source>value, log</source>
        <translation>值，对数</translation>
    </message>
    <message>
        <source>Wheel: zoom over the index. Drag: move. Double click: everything.</source>
        <translation>滚轮：按序号缩放。拖动：移动。双击：显示全部。</translation>
    </message>
    <message>
        <source>Layer %1, %2: half of the sum lies in the first %3 of %4, 90 % in the first %5. The other layers are drawn faintly.</source>
        <translation>第 %1 层，%2：总和的一半位于前 %3 个（共 %4 个），90 % 位于前 %5 个。其他层以淡色绘制。</translation>
    </message>
    <message>
        <source>Spectrum of a module</source>
        <translation>模块的谱</translation>
    </message>
    <message>
        <source>more than are listed</source>
        <translation>超出所列数目</translation>
    </message>
</context>
<context>
    <name>hilo::StartPage</name>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>&lt;p&gt;Open a project, a Hugging Face model folder or a .gguf file; or drop one on this window.&lt;/p&gt;&lt;p&gt;&lt;b&gt;A project&lt;/b&gt; is one folder: it names a model and data and holds allocation maps, complexity profiles and every run that was trained with them. It can be moved or copied as a whole.&lt;/p&gt;&lt;p&gt;&lt;b&gt;A model alone&lt;/b&gt; is enough to look at its architecture and to plan an allocation; config.json is all that planning needs.&lt;/p&gt;&lt;p&gt;&lt;b&gt;The sample project&lt;/b&gt; opens at once: a small base model and a real task, the classes of WordNet glosses (Princeton WordNet 3.0).&lt;/p&gt;&lt;p&gt;&lt;b&gt;Next:&lt;/b&gt; the pages on the left follow the order of the work. Ctrl+1 to Ctrl+0 show them, F1 explains each, F9 hides and shows the inspector.&lt;/p&gt;</source>
        <translation>&lt;p&gt;打开项目、Hugging Face 模型文件夹或 .gguf 文件；也可拖放到此窗口。&lt;/p&gt;&lt;p&gt;&lt;b&gt;项目&lt;/b&gt;是一个文件夹：它指定模型和数据，并保存分配图、复杂度剖面以及用它们训练的每次运行。可以整体移动或复制。&lt;/p&gt;&lt;p&gt;&lt;b&gt;仅有模型&lt;/b&gt;就足以查看架构和规划分配；规划只需要 config.json。&lt;/p&gt;&lt;p&gt;&lt;b&gt;示例项目&lt;/b&gt;可立即打开：一个小型基座模型和一个真实任务——WordNet 释义分类（Princeton WordNet 3.0）。&lt;/p&gt;&lt;p&gt;&lt;b&gt;下一步：&lt;/b&gt;左侧页面按工作顺序排列。Ctrl+1 到 Ctrl+0 切换页面，F1 解释每一页，F9 隐藏或显示检查器。&lt;/p&gt;</translation>
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
    <message>
        <source>Fetch model…</source>
        <translation>获取模型…</translation>
    </message>
    <message>
        <source>Bring a model from the Hugging Face hub, by its name</source>
        <translation>按名称从 Hugging Face Hub 获取模型</translation>
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
        <source>%1 takes experts and ranks from a search that has learnt them from the project&apos;s rows, and there is none yet. “Search…” makes one. The result of an earlier search can be named in the field Search.</source>
        <translation>%1 采用一次搜索从项目数据行中学到的专家数和秩，而目前还没有搜索结果。“搜索…”会生成一个；也可以在“搜索”字段中填写以前搜索的结果。</translation>
    </message>
    <message>
        <source>%1 goes by measured signals, and no complexity profile is chosen. “Profile…” on the page Complexity (Ctrl+4) measures one.</source>
        <translation>%1 依据测得的信号，而目前没有选择复杂度剖面。“复杂度”页（Ctrl+4）上的“剖面…”可以测量一个。</translation>
    </message>
    <message>
        <source>Preview: %1 trainable, %2 active per token. Locked cells stay.</source>
        <translation>预览：%1 可训练，每词元激活 %2。锁定单元格不变。</translation>
    </message>
    <message>
        <source>Search…</source>
        <translation>搜索…</translation>
    </message>
    <message>
        <source>Learn experts and ranks from the project&apos;s rows with hilo search</source>
        <translation>用 hilo search 从项目数据行学习专家数和秩</translation>
    </message>
    <message>
        <source>This strategy needs measured signals: choose a complexity profile, or measure one on the page Complexity (Ctrl+4).</source>
        <translation>此策略需要测得的信号：请选择一个复杂度剖面，或在“复杂度”页 (Ctrl+4) 测量一个。</translation>
    </message>
    <message>
        <source>This strategy shares out a budget: enter one below the map, for example 1.5M.</source>
        <translation>此策略用于分配预算：请在分配图下方输入一个，例如 1.5M。</translation>
    </message>
</context>
<context>
    <name>hilo::StudyCharts</name>
    <message>
        <source>Mean over tasks</source>
        <translation>各任务平均</translation>
    </message>
    <message>
        <source>Mean over tasks (%1)</source>
        <translation>各任务平均（%1）</translation>
    </message>
    <message>
        <source>%1 does not reach %2.</source>
        <translation>%1 未达到 %2。</translation>
    </message>
    <message>
        <source>%1 reaches %2 at its smallest budget already.</source>
        <translation>%1 在最小预算下已达到 %2。</translation>
    </message>
    <message>
        <source> (%1 … %2)</source>
        <translation>（%1 … %2）</translation>
    </message>
    <message>
        <source>fewer</source>
        <translation>更少</translation>
    </message>
    <message>
        <source>more</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>%1 reaches %2 at %3%4 parameters.</source>
        <translation>%1 用 %3%4 个参数达到 %2。</translation>
    </message>
    <message>
        <source>Charts of the study</source>
        <translation>研究图表</translation>
    </message>
    <message>
        <source>Values against parameters</source>
        <translation>数值与参数</translation>
    </message>
    <message>
        <source>Mean ranks</source>
        <translation>平均名次</translation>
    </message>
    <message>
        <source>Experts by task</source>
        <translation>各任务的专家</translation>
    </message>
    <message>
        <source>Which allocations are better over all tasks, and which differ clearly</source>
        <translation>哪些分配在所有任务上更好，哪些有明显差异</translation>
    </message>
    <message>
        <source>Of a joint run: which expert of which layer serves which task</source>
        <translation>联合运行中：哪一层的哪个专家服务于哪个任务</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>What is drawn: the mean over the tasks or one task</source>
        <translation>绘制内容：各任务的平均值或单个任务</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>Against which parameters</source>
        <translation>相对于哪种参数</translation>
    </message>
    <message>
        <source>trainable parameters</source>
        <translation>可训练参数</translation>
    </message>
    <message>
        <source>active parameters</source>
        <translation>激活参数</translation>
    </message>
    <message>
        <source>Published</source>
        <translation>已发表</translation>
    </message>
    <message>
        <source>Numbers that others published, hollow, with their source. They are of other base models and cannot be compared number by number</source>
        <translation>他人发表的数值，空心并注明来源。它们基于其他基座模型，不能逐一比较</translation>
    </message>
    <message>
        <source>Module</source>
        <translation>模块</translation>
    </message>
    <message>
        <source>Whose experts are shown</source>
        <translation>显示谁的专家</translation>
    </message>
    <message>
        <source>Each cell: a layer&apos;s experts from 0, side by side, in percent of the task&apos;s tokens. Dark: none; bright: twice an equal share.</source>
        <translation>每个单元格：某层从 0 起并排的专家，以该任务词元的百分比表示。暗：没有；亮：均等份额的两倍。</translation>
    </message>
    <message>
        <source>mean over tasks</source>
        <translation>各任务平均</translation>
    </message>
    <message numerus="yes">
        <source>%n published number(s) tell no parameters and cannot be drawn.</source>
        <translation>
            <numerusform>%n 个已发表数值未给出参数量，无法绘制。</numerusform>
        </translation>
    </message>
    <message>
        <source>Allocation</source>
        <translation>分配</translation>
    </message>
    <message>
        <source>all modules</source>
        <translation>所有模块</translation>
    </message>
    <message>
        <source>Choose a cell of the table above: the experts of its run appear here.</source>
        <translation>请在上方表格中选择单元格：此处显示其运行的专家。</translation>
    </message>
    <message>
        <source>%1 has logged no loads by task: it has no routed experts, or has not trained far enough.</source>
        <translation>%1 没有按任务记录负载：它没有带路由的专家，或训练还不够。</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a run and what follows</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Published numbers are of trainable parameters: they are drawn against these only.</source>
        <translation>已发表的数值对应可训练参数：只针对它们绘制。</translation>
    </message>
    <message>
        <source>Points appear here as runs of the study finish.</source>
        <translation>研究的运行完成后，此处显示数据点。</translation>
    </message>
</context>
<context>
    <name>hilo::StudyInspector</name>
    <message>
        <source>Runs</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Runs behind the chosen cell</source>
        <translation>所选单元格背后的运行</translation>
    </message>
    <message>
        <source>Return or a double click shows the run on the page Runs</source>
        <translation>回车或双击在“运行”页显示该运行</translation>
    </message>
    <message>
        <source>Compare them</source>
        <translation>比较它们</translation>
    </message>
    <message>
        <source>Select these runs on the page Compare</source>
        <translation>在“比较”页选中这些运行</translation>
    </message>
    <message>
        <source>Nothing chosen</source>
        <translation>未选择</translation>
    </message>
    <message>
        <source>Choose a cell of the table: its value, its difference and its runs stand here.</source>
        <translation>请选择表格中的单元格：此处显示其数值、差异和运行。</translation>
    </message>
</context>
<context>
    <name>hilo::StudyMatrix</name>
    <message>
        <source>Allocations down, tasks across</source>
        <translation>行为分配，列为任务</translation>
    </message>
    <message>
        <source>Arrow keys move, Return shows the runs of a cell</source>
        <translation>方向键移动，回车显示单元格的运行</translation>
    </message>
    <message>
        <source>Mean, difference and rank, which do not scroll</source>
        <translation>不随滚动的平均值、差异和名次</translation>
    </message>
</context>
<context>
    <name>hilo::StudyModel</name>
    <message>
        <source>not measured</source>
        <translation>未测量</translation>
    </message>
    <message>
        <source>one seed only</source>
        <translation>只有一个种子</translation>
    </message>
    <message>
        <source>no clear difference</source>
        <translation>无明显差异</translation>
    </message>
    <message>
        <source>of these runs only</source>
        <translation>仅限这些运行</translation>
    </message>
    <message>
        <source>better</source>
        <translation>更好</translation>
    </message>
    <message>
        <source>worse</source>
        <translation>更差</translation>
    </message>
    <message>
        <source>baseline</source>
        <translation>基准</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>a difference and what it means</comment>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>%1 on %2</source>
        <comment>an allocation and a task</comment>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>No run has finished yet.</source>
        <translation>尚无完成的运行。</translation>
    </message>
    <message>
        <source>seed %1: %2</source>
        <translation>种子 %1：%2</translation>
    </message>
    <message>
        <source>The interval knows of seeds and of %1 test rows.</source>
        <translation>区间考虑了种子和 %1 个测试行。</translation>
    </message>
    <message>
        <source>The interval knows of seeds only.</source>
        <translation>区间只考虑了种子。</translation>
    </message>
    <message>
        <source>%1 from %2: %3</source>
        <translation>相对 %2 为 %1：%3</translation>
    </message>
    <message>
        <source> (%1, not corrected)</source>
        <translation>（%1，未校正）</translation>
    </message>
    <message>
        <source>Return or a double click shows its runs.</source>
        <translation>回车或双击显示其运行。</translation>
    </message>
    <message>
        <source>Mean over tasks: %1</source>
        <translation>各任务平均：%1</translation>
    </message>
    <message>
        <source>No mean: a task has no value, or the metrics of the tasks cannot be averaged.</source>
        <translation>无平均值：某任务没有数值，或各任务的指标不能平均。</translation>
    </message>
    <message>
        <source>%1: %2 trainable parameters, total rank %3, learning rate %4, mean scaling %5</source>
        <translation>%1：%2 个可训练参数，总秩 %3，学习率 %4，平均缩放 %5</translation>
    </message>
    <message>
        <source>%1: one token uses %2 parameters</source>
        <translation>%1：一个词元使用 %2 个参数</translation>
    </message>
    <message>
        <source>%1: no mean rank; some task has no value of every allocation yet</source>
        <translation>%1：无平均名次；某任务尚未有每种分配的数值</translation>
    </message>
    <message>
        <source> (%1 … %2)</source>
        <translation>（%1 … %2）</translation>
    </message>
    <message numerus="yes">
        <source>%1: mean rank %2%3 over %n task(s); 1 is best</source>
        <translation>
            <numerusform>%1：%n 个任务上的平均名次 %2%3；1 最好</numerusform>
        </translation>
    </message>
    <message>
        <source>Trainable</source>
        <translation>可训练</translation>
    </message>
    <message>
        <source>Active</source>
        <translation>激活</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>平均</translation>
    </message>
    <message>
        <source>Mean rank</source>
        <translation>平均名次</translation>
    </message>
    <message>
        <source>From %1</source>
        <translation>相对 %1</translation>
    </message>
    <message>
        <source>Parameters that are trained</source>
        <translation>被训练的参数</translation>
    </message>
    <message>
        <source>Parameters that one token uses</source>
        <translation>一个词元使用的参数</translation>
    </message>
    <message>
        <source>Mean over the tasks; its interval is in the tool tip of each cell</source>
        <translation>各任务的平均值；区间见各单元格的提示</translation>
    </message>
    <message>
        <source>Mean over the tasks of the place among all allocations; 1 is best, ties share their places</source>
        <translation>各任务中在所有分配里名次的平均；1 最好，并列者平分名次</translation>
    </message>
    <message>
        <source>Paired by task and seed; “better” and “worse” hold after Holm&apos;s correction over the study</source>
        <translation>按任务和种子配对；“更好”和“更差”在对整项研究做 Holm 校正后成立</translation>
    </message>
</context>
<context>
    <name>hilo::StudyPage</name>
    <message>
        <source>Study</source>
        <translation>研究</translation>
    </message>
    <message>
        <source>Plan a study…</source>
        <translation>规划研究…</translation>
    </message>
    <message>
        <source>Which of the project&apos;s studies is shown</source>
        <translation>显示项目的哪项研究</translation>
    </message>
    <message>
        <source>Report…</source>
        <translation>报告…</translation>
    </message>
    <message>
        <source>The table and what follows, for papers and colleagues</source>
        <translation>表格与结论，供论文和同事使用</translation>
    </message>
    <message>
        <source>Shown chart (SVG, PDF, PNG)…</source>
        <translation>当前图表 (SVG, PDF, PNG)…</translation>
    </message>
    <message>
        <source>New study…</source>
        <translation>新建研究…</translation>
    </message>
    <message>
        <source>What follows</source>
        <translation>结论</translation>
    </message>
    <message>
        <source>Plan tasks × allocations × budgets × seeds, and see what it takes before it starts</source>
        <translation>规划任务 × 分配 × 预算 × 种子，开始前查看所需资源</translation>
    </message>
    <message>
        <source>Show the runs of the cell</source>
        <translation>显示单元格的运行</translation>
    </message>
    <message>
        <source>On the page Runs, or on Compare where there are several</source>
        <translation>在“运行”页显示；有多个时在“比较”页</translation>
    </message>
    <message>
        <source>Copy the selected cells</source>
        <translation>复制所选单元格</translation>
    </message>
    <message>
        <source>As lines of a table, for a spreadsheet</source>
        <translation>作为表格行，供电子表格使用</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>重新读取</translation>
    </message>
    <message>
        <source>Read the study and its runs from the disk</source>
        <translation>从磁盘重新读取研究及其运行</translation>
    </message>
    <message>
        <source>Studies belong to a project. Open one or make one on the page Start (Ctrl+1).</source>
        <translation>研究属于项目。请在“开始”页（Ctrl+1）打开或新建一个。</translation>
    </message>
    <message>
        <source>Reading the studies …</source>
        <translation>正在读取研究…</translation>
    </message>
    <message>
        <source>This project has no study yet. A study trains every allocation on every task with several seeds, and says with intervals which of them differ.</source>
        <translation>该项目还没有研究。研究用多个种子在每个任务上训练每种分配，并用区间说明哪些有差异。</translation>
    </message>
    <message>
        <source>one run on all tasks</source>
        <translation>所有任务一起运行</translation>
    </message>
    <message>
        <source>a run a task</source>
        <translation>每个任务各自运行</translation>
    </message>
    <message>
        <source>No run of this cell has finished yet.</source>
        <translation>该单元格尚无完成的运行。</translation>
    </message>
    <message>
        <source>The study stops: running runs keep a checkpoint, “Continue” goes on from there.</source>
        <translation>研究正在停止：运行中的会保留检查点，“继续”从那里接着进行。</translation>
    </message>
    <message>
        <source>The study “%1” is being trained.</source>
        <translation>正在训练研究“%1”。</translation>
    </message>
    <message>
        <source>The study “%1” is being planned …</source>
        <translation>正在规划研究“%1”…</translation>
    </message>
    <message>
        <source>SVG picture (*.svg);;PDF document (*.pdf);;PNG picture (*.png)</source>
        <translation>SVG 图片 (*.svg);;PDF 文档 (*.pdf);;PNG 图片 (*.png)</translation>
    </message>
    <message>
        <source>Save report</source>
        <translation>保存报告</translation>
    </message>
    <message>
        <source>Written: %1</source>
        <translation>已写入：%1</translation>
    </message>
    <message>
        <source>Intervals, ranks and what follows are being worked out …</source>
        <translation>正在计算区间、名次和结论…</translation>
    </message>
    <message numerus="yes">
        <source>%n allocation(s)</source>
        <translation>
            <numerusform>%n 种分配</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n task(s)</source>
        <translation>
            <numerusform>%n 个任务</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n seed(s)</source>
        <translation>
            <numerusform>%n 个种子</numerusform>
        </translation>
    </message>
    <message>
        <source>The page is being written …</source>
        <translation>正在写入页面 …</translation>
    </message>
</context>
<context>
    <name>hilo::StudyProgressPanel</name>
    <message>
        <source>Progress of the study</source>
        <translation>研究进度</translation>
    </message>
    <message>
        <source>Runs that have finished</source>
        <translation>已完成的运行</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop the running runs with a checkpoint and take the others out of the queue</source>
        <translation>停止运行中的并保留检查点，其余移出队列</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Queue what is not finished; runs go on from their newest checkpoint</source>
        <translation>把未完成的排入队列；运行从最新检查点继续</translation>
    </message>
</context>
<context>
    <name>hilo::StudyScale</name>
    <message>
        <source>Scale of the colours</source>
        <translation>颜色标尺</translation>
    </message>
    <message>
        <source>Difference from the first allocation; a triangle and bold numbers mark those whose interval does not hold 0</source>
        <translation>与第一种分配的差异；三角形和粗体数字标出区间不含 0 的差异</translation>
    </message>
    <message>
        <source>▼ worse</source>
        <translation>▼ 更差</translation>
    </message>
    <message>
        <source>better ▲</source>
        <translation>更好 ▲</translation>
    </message>
</context>
<context>
    <name>hilo::TaskExpertModel</name>
    <message>
        <source>%1 and %2</source>
        <comment>two tasks</comment>
        <translation>%1 与 %2</translation>
    </message>
    <message>
        <source>%1 share %2 of their experts&apos; work.</source>
        <translation>%1 共享 %2 的专家工作。</translation>
    </message>
    <message>
        <source>%1 share most of their experts&apos; work (%2), %3 least (%4).</source>
        <translation>%1 共享的专家工作最多（%2），%3 最少（%4）。</translation>
    </message>
    <message>
        <source>The routers hardly tell the tasks apart.</source>
        <translation>路由器几乎不区分任务。</translation>
    </message>
    <message>
        <source>Layer %1: two tasks have %2 of their experts&apos; work in common, in the mean over all pairs. 1 means that the router does not tell them apart.</source>
        <translation>第 %1 层：所有任务对平均共享 %2 的专家工作。1 表示路由器不区分它们。</translation>
    </message>
    <message>
        <source>Layer %1: no overlap to tell</source>
        <translation>第 %1 层：无重叠可言</translation>
    </message>
    <message>
        <source>Layer %1, %2: nothing was logged</source>
        <translation>第 %1 层，%2：没有记录</translation>
    </message>
    <message>
        <source>expert %1: %2</source>
        <translation>专家 %1：%2</translation>
    </message>
    <message>
        <source>Layer %1, %2: %3.</source>
        <translation>第 %1 层，%2：%3。</translation>
    </message>
    <message>
        <source>Entropy %1 of that of equal shares.</source>
        <translation>熵为均等份额时的 %1。</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>an expert and its share</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Layer %1</source>
        <translation>第 %1 层</translation>
    </message>
    <message>
        <source>Overlap</source>
        <translation>重叠</translation>
    </message>
    <message>
        <source>Share of %1&apos;s tokens that each expert of the layer gets</source>
        <translation>%1 的词元中该层每个专家所占份额</translation>
    </message>
    <message>
        <source>What the tasks&apos; shares have in common, in the mean over all pairs of tasks</source>
        <translation>各任务份额的共同部分，取所有任务对的平均</translation>
    </message>
</context>
<context>
    <name>hilo::TaskExpertTable</name>
    <message>
        <source>Experts by task: layers down, tasks across</source>
        <translation>各任务的专家：行为层，列为任务</translation>
    </message>
</context>
<context>
    <name>hilo::TaskListModel</name>
    <message>
        <source>none yet</source>
        <translation>尚无</translation>
    </message>
    <message>
        <source>by the columns</source>
        <translation>按列决定</translation>
    </message>
    <message>
        <source>all rows</source>
        <translation>全部行</translation>
    </message>
    <message>
        <source>the run&apos;s</source>
        <translation>与运行相同</translation>
    </message>
    <message>
        <source>task</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>template</source>
        <translation>模板</translation>
    </message>
    <message>
        <source>weight</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>limit</source>
        <translation>上限</translation>
    </message>
    <message>
        <source>protocol</source>
        <translation>评测方式</translation>
    </message>
</context>
<context>
    <name>hilo::TaskListPanel</name>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Add task</source>
        <translation>添加任务</translation>
    </message>
    <message>
        <source>Train on further data in the same run; each task has data, template, weight and measure of its own</source>
        <translation>在同一次运行中用更多数据训练；每个任务有自己的数据、模板、权重和评测</translation>
    </message>
    <message>
        <source>Remove task</source>
        <translation>移除任务</translation>
    </message>
    <message>
        <source>Leave the chosen task out of the run; its data stays where it is</source>
        <translation>把所选任务从运行中去掉；其数据保持不动</translation>
    </message>
    <message>
        <source>Tasks of the run</source>
        <translation>运行的任务</translation>
    </message>
    <message>
        <source>Choose a task to see and change its settings below</source>
        <translation>选择一个任务，在下方查看并更改其设置</translation>
    </message>
</context>
<context>
    <name>hilo::TaskResultModel</name>
    <message>
        <source>whole run</source>
        <translation>整个运行</translation>
    </message>
    <message>
        <source>mean</source>
        <translation>平均</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>未测量</translation>
    </message>
    <message numerus="yes">
        <source>Mean over the %n task(s) that have it</source>
        <translation>
            <numerusform>有此项的 %n 个任务的平均值</numerusform>
        </translation>
    </message>
    <message>
        <source>With the 95 % interval of its evaluation</source>
        <translation>附其评估的 95 % 区间</translation>
    </message>
    <message>
        <source>task</source>
        <translation>任务</translation>
    </message>
</context>
<context>
    <name>hilo::TaskShareModel</name>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>task</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Choose a task to see its rows and change what it reads</source>
        <translation>选择一个任务，查看其行并更改其读取的内容</translation>
    </message>
    <message>
        <source>rows</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Rows that can be trained on</source>
        <translation>可用于训练的行</translation>
    </message>
    <message>
        <source>limit</source>
        <translation>上限</translation>
    </message>
    <message>
        <source>The first training rows only; 0: all. Double-click to change it</source>
        <translation>只用前若干训练行；0：全部。双击可更改</translation>
    </message>
    <message>
        <source>weight</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Times the task&apos;s share. Double-click to change it</source>
        <translation>乘以任务的份额。双击可更改</translation>
    </message>
    <message>
        <source>rows of an epoch</source>
        <translation>每轮行数</translation>
    </message>
    <message>
        <source>How many of an epoch&apos;s rows are the task&apos;s</source>
        <translation>一轮的行中有多少属于此任务</translation>
    </message>
    <message>
        <source>share</source>
        <translation>份额</translation>
    </message>
    <message>
        <source>Of the rows of every epoch, and so of the steps</source>
        <translation>占每轮行数的份额，因而也是占步数的份额</translation>
    </message>
    <message>
        <source>passes</source>
        <translation>遍数</translation>
    </message>
    <message>
        <source>How often an epoch goes through the task&apos;s rows</source>
        <translation>一轮中遍历此任务的行多少次</translation>
    </message>
</context>
<context>
    <name>hilo::TokenHistogram</name>
    <message>
        <source>Histogram of tokens per row</source>
        <translation>每行词元数直方图</translation>
    </message>
    <message>
        <source>tokens per row</source>
        <translation>每行词元数</translation>
    </message>
    <message>
        <source>rows</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Median %1, longest %2 tokens.</source>
        <translation>中位数 %1，最长 %2 个词元。</translation>
    </message>
    <message>
        <source>No row is longer than %1.</source>
        <translation>没有超过 %1 的行。</translation>
    </message>
    <message>
        <source>%1 of %2 rows (%3) are longer than %4 and lose their beginning.</source>
        <translation>%2 行中有 %1 行（%3）超过 %4，开头会被截掉。</translation>
    </message>
    <message>
        <source>%1 of %2 texts are longer than %3 and go through whole, in %4 windows.</source>
        <translation>%2 段文本中有 %1 段超过 %3，分成 %4 个窗口完整使用。</translation>
    </message>
</context>
<context>
    <name>hilo::TokenView</name>
    <message>
        <source>Generated text</source>
        <translation>生成的文本</translation>
    </message>
    <message>
        <source>white space</source>
        <translation>空白</translation>
    </message>
    <message>
        <source>%1: not read yet</source>
        <translation>%1：尚未读取</translation>
    </message>
    <message>
        <source>expert %1 (%2)</source>
        <translation>专家 %1（%2）</translation>
    </message>
    <message>
        <source>%1: no expert, only null experts were chosen</source>
        <translation>%1：没有专家，只选择了空专家</translation>
    </message>
    <message>
        <source>Assistant</source>
        <translation>助手</translation>
    </message>
    <message>
        <source>System prompt</source>
        <translation>系统提示</translation>
    </message>
    <message>
        <source>You</source>
        <translation>您</translation>
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
    <message>
        <source>Without %1 of experts that no row passes in the base model; adapters may send rows to them</source>
        <translation>不含基础模型中没有数据行经过的 %1 专家；适配器可能会把数据行送到这些专家</translation>
    </message>
    <message numerus="yes">
        <source>With the settings of %1: %n micro-batch(es) of at most %2 tokens</source>
        <translation>
            <numerusform>按 %1 的设置：%n 个微批次，每批最多 %2 个词元</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hilo::TryColumn</name>
    <message>
        <source>Base model</source>
        <translation>基座模型</translation>
    </message>
    <message>
        <source>Adapter</source>
        <translation>适配器</translation>
    </message>
    <message>
        <source>Which run&apos;s adapter continues the prompt in this column</source>
        <translation>此列使用哪个运行的适配器续写</translation>
    </message>
    <message>
        <source>Choose adapter</source>
        <translation>选择适配器</translation>
    </message>
    <message>
        <source>Shares of the experts</source>
        <translation>专家份额</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Other folder…</source>
        <translation>其他文件夹…</translation>
    </message>
    <message>
        <source>Loading the model …</source>
        <translation>正在加载模型 …</translation>
    </message>
    <message numerus="yes">
        <source>%n token(s)</source>
        <translation>
            <numerusform>%n 个词元</numerusform>
        </translation>
    </message>
    <message>
        <source>, %1 tokens/s</source>
        <translation>，%1 词元/秒</translation>
    </message>
    <message>
        <source>, stopped</source>
        <translation>，已停止</translation>
    </message>
    <message numerus="yes">
        <source>%n token(s), %1 tokens/s</source>
        <translation>
            <numerusform>%n 个词元，%1 词元/秒</numerusform>
        </translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>已停止。</translation>
    </message>
    <message>
        <source>Expert: %1</source>
        <translation>专家：%1</translation>
    </message>
    <message>
        <source>What the base model writes appears here.</source>
        <translation>基座模型写出的文本显示在这里。</translation>
    </message>
    <message>
        <source>Choose a run&apos;s adapter above to see what the model writes with it.</source>
        <translation>在上方选择某次运行的适配器，查看模型用它写出的文本。</translation>
    </message>
    <message>
        <source>What the model writes with this adapter appears here, each token in the colour of the expert that weighed most.</source>
        <translation>模型用此适配器写出的文本显示在这里，每个词元以权重最大的专家的颜色显示。</translation>
    </message>
</context>
<context>
    <name>hilo::TryPage</name>
    <message>
        <source>Try</source>
        <translation>试用</translation>
    </message>
    <message>
        <source>One prompt, the base model and up to two adapters side by side</source>
        <translation>一个提示，基座模型与最多两个适配器并排</translation>
    </message>
    <message>
        <source>Row of the data</source>
        <translation>取数据行</translation>
    </message>
    <message>
        <source>Take the prompt of a test row; again for the next one</source>
        <translation>取一条测试行的提示；再按取下一条</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>End the text that is being written and start no other (Esc)</source>
        <translation>结束当前文本并不再开始其他（Esc）</translation>
    </message>
    <message>
        <source>Generate</source>
        <translation>生成</translation>
    </message>
    <message>
        <source>Continue the prompt with each model, one after another (Ctrl+Enter)</source>
        <translation>依次用每个模型续写提示（Ctrl+Enter）</translation>
    </message>
    <message>
        <source>The beginning of a text, or a question</source>
        <translation>一段文本的开头或一个问题</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>&amp;Tokens</source>
        <translation>词元(&amp;T)</translation>
    </message>
    <message>
        <source>Most tokens of each text</source>
        <translation>每段文本的最大词元数</translation>
    </message>
    <message>
        <source>0 takes the most likely token every time</source>
        <translation>0 表示总取最可能的词元</translation>
    </message>
    <message>
        <source>&amp;Seed</source>
        <translation>种子(&amp;S)</translation>
    </message>
    <message>
        <source>The same seed gives the same text</source>
        <translation>相同种子得到相同文本</translation>
    </message>
    <message>
        <source>&amp;Conversation</source>
        <translation>对话(&amp;C)</translation>
    </message>
    <message>
        <source>Colours of &amp;layer</source>
        <translation>着色层(&amp;L)</translation>
    </message>
    <message>
        <source>The layer whose routers colour the tokens; the same on all pages</source>
        <translation>其路由为词元着色的层；所有页面一致</translation>
    </message>
    <message>
        <source>&amp;module</source>
        <translation>模块(&amp;M)</translation>
    </message>
    <message>
        <source>The module whose router colours the tokens</source>
        <translation>其路由为词元着色的模块</translation>
    </message>
    <message>
        <source>&amp;Numbers</source>
        <translation>编号(&amp;N)</translation>
    </message>
    <message>
        <source>Write the expert&apos;s number behind each token</source>
        <translation>在每个词元后写出专家编号</translation>
    </message>
    <message>
        <source>Open a project or a model on the page Start (Ctrl+1)</source>
        <translation>在“开始”页（Ctrl+1）打开项目或模型</translation>
    </message>
    <message>
        <source>This model&apos;s folder has no weights, so it cannot write</source>
        <translation>此模型文件夹没有权重，无法生成</translation>
    </message>
    <message>
        <source>Tem&amp;perature</source>
        <translation>温度(&amp;P)</translation>
    </message>
    <message>
        <source>S&amp;ystem prompt</source>
        <translation>系统提示(&amp;Y)</translation>
    </message>
    <message>
        <source>How the assistant is to answer; may be empty</source>
        <translation>助手应如何回答；可以为空</translation>
    </message>
    <message>
        <source>System prompt</source>
        <translation>系统提示</translation>
    </message>
    <message>
        <source>Stands before the conversation; a change counts from the next answer on</source>
        <translation>位于对话之前；更改从下一个回答起生效</translation>
    </message>
    <message>
        <source>Talk in turns, as the model&apos;s chat template writes them, with a system prompt</source>
        <translation>按模型对话模板的格式轮流交谈，可带系统提示</translation>
    </message>
    <message>
        <source>Answer again</source>
        <translation>重新回答</translation>
    </message>
    <message>
        <source>Drop the last answers and ask once more; with the next seed where the temperature is above 0</source>
        <translation>丢弃最后的回答并再问一次；温度大于 0 时用下一个种子</translation>
    </message>
    <message>
        <source>Remove last turn</source>
        <translation>撤回上一轮</translation>
    </message>
    <message>
        <source>Take the last question and its answers back; the question can be edited and sent again</source>
        <translation>撤回最后的提问及其回答；可修改后重新发送</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清空</translation>
    </message>
    <message>
        <source>Begin a new conversation; the system prompt stays</source>
        <translation>开始新的对话；系统提示保留</translation>
    </message>
    <message>
        <source>This model has no chat template: it goes on with plain text.</source>
        <translation>此模型没有对话模板：它只续写纯文本。</translation>
    </message>
    <message>
        <source>What you say to the assistant</source>
        <translation>您对助手说的话</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>Ask each model, one after another (Ctrl+Enter)</source>
        <translation>依次询问每个模型（Ctrl+Enter）</translation>
    </message>
    <message>
        <source>A conversation with the base model and up to two adapters side by side</source>
        <translation>与基础模型和至多两个适配器并排对话</translation>
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
<context>
    <name>saveChart</name>
    <message>
        <source>Save chart</source>
        <translation>保存图表</translation>
    </message>
    <message>
        <source>%1 cannot be written.</source>
        <translation>无法写入 %1。</translation>
    </message>
</context>
</TS>
