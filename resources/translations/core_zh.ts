<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<!-- Texts of core and of resources/help: see widgets/common/core_text.h. By hand; lupdate does not touch this file. -->
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>CoreTexts</name>
    <message>
        <source>The training loss is no number any more.</source>
        <extracomment>check of runs loss-not-finite</extracomment>
        <translation>训练损失已不再是数值。</translation>
    </message>
    <message>
        <source>Since step %1.</source>
        <extracomment>check of runs loss-not-finite, detail</extracomment>
        <translation>自第 %1 步起。</translation>
    </message>
    <message>
        <source>Resume from a checkpoint before that step with a lower learning rate, a longer warm-up or clipped gradients.</source>
        <extracomment>check of runs loss-not-finite, what to do</extracomment>
        <translation>从该步之前的检查点继续，并降低学习率、延长预热或裁剪梯度。</translation>
    </message>
    <message>
        <source>The training loss has risen far above its lowest.</source>
        <extracomment>check of runs loss-diverges</extracomment>
        <translation>训练损失已远高于其最低值。</translation>
    </message>
    <message>
        <source>%1 at the end, %2 at its lowest, up to step %3.</source>
        <extracomment>check of runs loss-diverges, detail</extracomment>
        <translation>末尾为 %1，最低为 %2（至第 %3 步）。</translation>
    </message>
    <message>
        <source>Resume from a checkpoint before the rise, or train again, with a lower learning rate or a longer warm-up.</source>
        <extracomment>check of runs loss-diverges, what to do</extracomment>
        <translation>从上升之前的检查点继续，或以更低的学习率或更长的预热重新训练。</translation>
    </message>
    <message>
        <source>Nothing is learnt: the gradient is zero.</source>
        <extracomment>check of runs gradient-zero</extracomment>
        <translation>没有学到任何东西：梯度为零。</translation>
    </message>
    <message>
        <source>At the last %1 measured steps.</source>
        <extracomment>check of runs gradient-zero, detail</extracomment>
        <translation>在最近 %1 个测量步。</translation>
    </message>
    <message>
        <source>Look at the rows on the page Data: whether they have answers that are learnt, and whether the map leaves adapters to train.</source>
        <extracomment>check of runs gradient-zero, what to do</extracomment>
        <translation>在“数据”页检查各行是否有要学习的答案，以及分配图是否留有可训练的适配器。</translation>
    </message>
    <message>
        <source>The accuracy is below that of always giving the most frequent answer.</source>
        <extracomment>check of runs below-majority</extracomment>
        <translation>准确率低于始终给出最常见答案的准确率。</translation>
    </message>
    <message>
        <source>%1: %2 %, against %3 %.</source>
        <extracomment>check of runs below-majority, detail</extracomment>
        <translation>%1：%2 %，对比 %3 %。</translation>
    </message>
    <message>
        <source>Look at the template and the labels on the page Data, train for longer, or lower the learning rate.</source>
        <extracomment>check of runs below-majority, what to do</extracomment>
        <translation>在“数据”页检查模板和标签，延长训练，或降低学习率。</translation>
    </message>
    <message>
        <source>Routers send nearly every token to one expert.</source>
        <extracomment>check of runs experts-collapsed</extracomment>
        <translation>路由器几乎把每个词元都送往同一个专家。</translation>
    </message>
    <message>
        <source>%1 of %2 routers, most of all in layer %3: %4 % (step %5).</source>
        <extracomment>check of runs experts-collapsed, detail</extracomment>
        <translation>%2 个路由器中的 %1 个，最严重的是第 %3 层：%4 %（第 %5 步）。</translation>
    </message>
    <message>
        <source>Raise the weight of the load-balancing loss or lower the learning rate; or give these modules one expert, for the parameters of the others serve nothing.</source>
        <extracomment>check of runs experts-collapsed, what to do</extracomment>
        <translation>提高负载均衡损失的权重或降低学习率；或者只给这些模块一个专家，因为其余专家的参数毫无用处。</translation>
    </message>
    <message>
        <source>Half of the experts of a module or more are hardly used.</source>
        <extracomment>check of runs experts-idle</extracomment>
        <translation>某个模块有一半或更多的专家几乎未被使用。</translation>
    </message>
    <message>
        <source>In %1 modules, most of all %2 of %3 experts in layer %4 (step %5).</source>
        <extracomment>check of runs experts-idle, detail</extracomment>
        <translation>涉及 %1 个模块，最严重的是第 %4 层：%3 个专家中的 %2 个（第 %5 步）。</translation>
    </message>
    <message>
        <source>Raise the weight of the load-balancing loss, or give these modules fewer experts of a higher rank.</source>
        <extracomment>check of runs experts-idle, what to do</extracomment>
        <translation>提高负载均衡损失的权重，或给这些模块更少但秩更高的专家。</translation>
    </message>
    <message>
        <source>The loss on held-out rows has risen since its lowest.</source>
        <extracomment>check of runs validation-loss-rises</extracomment>
        <translation>留出行上的损失自最低点以来有所上升。</translation>
    </message>
    <message>
        <source>%1: %2 now, %3 at step %4.</source>
        <extracomment>check of runs validation-loss-rises, detail</extracomment>
        <translation>%1：现为 %2，第 %4 步时为 %3。</translation>
    </message>
    <message>
        <source>Take the weights of the best step (select = best), stop earlier, or train on more rows.</source>
        <extracomment>check of runs validation-loss-rises, what to do</extracomment>
        <translation>采用最佳步的权重（select = best），提前停止，或用更多行训练。</translation>
    </message>
    <message>
        <source>AdaMoE</source>
        <extracomment>strategy adamoe</extracomment>
        <translation>AdaMoE</translation>
    </message>
    <message>
        <source>A mixture whose router may also choose experts that do nothing, so that each token uses as many true experts as it needs (2406.13233). The run needs router = top_k_null.</source>
        <extracomment>strategy adamoe</extracomment>
        <translation>一种混合，其路由也可以选择什么都不做的专家，因此每个词元按需使用相应数量的真专家（2406.13233）。运行需要设置 router = top_k_null。</translation>
    </message>
    <message>
        <source>true experts: one number for all, digits or numbers per group of layers</source>
        <extracomment>strategy adamoe, setting experts</extracomment>
        <translation>真专家数：所有层同一个数，或每组层一个数字或数</translation>
    </message>
    <message>
        <source>experts that do nothing</source>
        <extracomment>strategy adamoe, setting null_experts</extracomment>
        <translation>什么都不做的专家数</translation>
    </message>
    <message>
        <source>rank of every true expert</source>
        <extracomment>strategy adamoe, setting rank</extracomment>
        <translation>每个真专家的秩</translation>
    </message>
    <message>
        <source>experts per token, null experts included</source>
        <extracomment>strategy adamoe, setting top_k</extracomment>
        <translation>每个词元的专家数，空专家计算在内</translation>
    </message>
    <message>
        <source>modules that get adapters, with commas between; empty: all</source>
        <extracomment>strategy adamoe, setting modules</extracomment>
        <translation>获得适配器的模块，以逗号分隔；留空：全部</translation>
    </message>
    <message>
        <source>LoRA alpha of every expert</source>
        <extracomment>strategy adamoe, setting alpha</extracomment>
        <translation>每个专家的 LoRA alpha</translation>
    </message>
    <message>
        <source>Base experts</source>
        <extracomment>title of the setting base_experts</extracomment>
        <translation>自有专家</translation>
    </message>
    <message>
        <source>of a model that is a mixture of experts itself: rank of a LoRA on each of its own experts, chosen by its own router; 0: they stay as they are</source>
        <extracomment>strategy adamoe, setting base_experts</extracomment>
        <translation>适用于本身就是混合专家的模型：为其每个自有专家添加的 LoRA 的秩，专家由其自己的路由器选择；0：保持不变</translation>
    </message>
    <message>
        <source>Base experts signal</source>
        <extracomment>title of the setting base_experts_signal</extracomment>
        <translation>自有专家的信号</translation>
    </message>
    <message>
        <source>with base_experts: signal of the profile that their ranks follow, with base_experts as the mean; empty: the same rank in all</source>
        <extracomment>strategy adamoe, setting base_experts_signal</extracomment>
        <translation>与 base_experts 一起使用：其秩所依据的复杂度档案信号，平均值为 base_experts；留空：所有单元的秩相同</translation>
    </message>
    <message>
        <source>trainable parameters that the map may have at most: 1500000, 1.5M, 600MiB of memory in training, or same:MAP.json; ranks are scaled to it</source>
        <extracomment>strategy adamoe, setting budget</extracomment>
        <translation>分配图最多可有的可训练参数：1500000、1.5M、训练时内存 600MiB，或 same:MAP.json；秩会按此缩放</translation>
    </message>
    <message>
        <source>with a budget: give what is left by single ranks spread over the depth, or leave it</source>
        <extracomment>strategy adamoe, setting fill</extracomment>
        <translation>有预算时：把剩余部分以单个秩分散到各深度，或留着不用</translation>
    </message>
    <message>
        <source>AlphaLoRA</source>
        <extracomment>strategy alphalora</extracomment>
        <translation>AlphaLoRA</translation>
    </message>
    <message>
        <source>Experts of a layer in proportion to a power of its PL_Alpha_Hill: the heavier the tail of its weights&apos; spectrum, the fewer (2410.10054; peijunallin/alphalora).</source>
        <extracomment>strategy alphalora</extracomment>
        <translation>一层的专家数与其 PL_Alpha_Hill 的某次幂成正比：权重谱的尾部越重，专家越少（2410.10054；peijunallin/alphalora）。</translation>
    </message>
    <message>
        <source>experts of all layers together, per module</source>
        <extracomment>strategy alphalora, setting total</extracomment>
        <translation>所有层的专家总数，按模块计</translation>
    </message>
    <message>
        <source>power of the layer&apos;s value</source>
        <extracomment>strategy alphalora, setting beta</extracomment>
        <translation>层的值的幂次</translation>
    </message>
    <message>
        <source>rank of every expert</source>
        <extracomment>strategy alphalora, setting rank</extracomment>
        <translation>每个专家的秩</translation>
    </message>
    <message>
        <source>the profile&apos;s signal with a value per layer</source>
        <extracomment>strategy alphalora, setting signal</extracomment>
        <translation>剖面中每层一个值的信号</translation>
    </message>
    <message>
        <source>values per layer instead of a profile, with commas between</source>
        <extracomment>strategy alphalora, setting values</extracomment>
        <translation>代替剖面的每层的值，以逗号分隔</translation>
    </message>
    <message>
        <source>as published, or exact shares by largest remainder within minimum and maximum</source>
        <extracomment>strategy alphalora, setting rounding</extracomment>
        <translation>按已发布的方式，或在 minimum 与 maximum 之间用最大余数法取精确份额</translation>
    </message>
    <message>
        <source>fewest experts of a layer; only for exact rounding</source>
        <extracomment>strategy alphalora, setting minimum</extracomment>
        <translation>一层最少的专家数；仅用于精确取整</translation>
    </message>
    <message>
        <source>most experts of a layer; only for exact rounding</source>
        <extracomment>strategy alphalora, setting maximum</extracomment>
        <translation>一层最多的专家数；仅用于精确取整</translation>
    </message>
    <message>
        <source>experts per token; one where a layer has one</source>
        <extracomment>strategy alphalora, setting top_k</extracomment>
        <translation>每个词元的专家数；只有一个专家的层为一个</translation>
    </message>
    <message>
        <source>Balanced (ours)</source>
        <extracomment>strategy balanced</extracomment>
        <translation>均衡（本项目）</translation>
    </message>
    <message>
        <source>Experts and ranks of all modules chosen together under a parameter budget so that an assumed gain is largest: weight x share of the update that the active ranks hold x (1 - diversity / experts), by dynamic programming. Without spectrum and weight from a profile it assumes that deeper layers need more ranks.</source>
        <extracomment>strategy balanced</extracomment>
        <translation>在参数预算内共同选择所有模块的专家数和秩，使假定的收益最大：权重 x 活动秩所容纳的更新份额 x (1 - 多样性 / 专家数)，用动态规划求解。如果没有来自剖面的谱和权重，则假定越深的层需要越多的秩。</translation>
    </message>
    <message>
        <source>fewest experts of a module; 0: it may go without</source>
        <extracomment>strategy balanced, setting experts_min</extracomment>
        <translation>一个模块最少的专家数；0：可以没有</translation>
    </message>
    <message>
        <source>most experts of a module</source>
        <extracomment>strategy balanced, setting experts_max</extracomment>
        <translation>一个模块最多的专家数</translation>
    </message>
    <message>
        <source>smallest rank of an expert</source>
        <extracomment>strategy balanced, setting rank_min</extracomment>
        <translation>专家的最小秩</translation>
    </message>
    <message>
        <source>largest rank of an expert</source>
        <extracomment>strategy balanced, setting rank_max</extracomment>
        <translation>专家的最大秩</translation>
    </message>
    <message>
        <source>experts per token; one where a module has one</source>
        <extracomment>strategy balanced, setting top_k</extracomment>
        <translation>每个词元的专家数；只有一个专家的模块为一个</translation>
    </message>
    <message>
        <source>share of the update that differs from input to input</source>
        <extracomment>strategy balanced, setting diversity</extracomment>
        <translation>更新中随输入而不同的份额</translation>
    </message>
    <message>
        <source>profile: signal whose spectra say what each rank captures</source>
        <extracomment>strategy balanced, setting spectrum</extracomment>
        <translation>剖面：其谱说明每个秩能捕获多少的信号</translation>
    </message>
    <message>
        <source>exponent of the spectrum&apos;s values; 0.5 makes squares plain values</source>
        <extracomment>strategy balanced, setting spectrum_power</extracomment>
        <translation>谱值的指数；0.5 把平方变回原值</translation>
    </message>
    <message>
        <source>profile: signal that weighs the modules</source>
        <extracomment>strategy balanced, setting weight</extracomment>
        <translation>剖面：为模块加权的信号</translation>
    </message>
    <message>
        <source>exponent of the weights; below 1 it evens them out</source>
        <extracomment>strategy balanced, setting weight_power</extracomment>
        <translation>权重的指数；小于 1 时使权重更均匀</translation>
    </message>
    <message>
        <source>profile: signal that scales the diversity of each layer, or depth</source>
        <extracomment>strategy balanced, setting diversity_signal</extracomment>
        <translation>剖面：缩放各层多样性的信号，或用 depth 表示按深度</translation>
    </message>
    <message>
        <source>without spectrum: ranks that capture 63 % in the first layer</source>
        <extracomment>strategy balanced, setting tau_min</extracomment>
        <translation>没有谱时：在第一层捕获 63 % 所需的秩</translation>
    </message>
    <message>
        <source>without spectrum: the same in the last layer</source>
        <extracomment>strategy balanced, setting tau_max</extracomment>
        <translation>没有谱时：最后一层的同一数值</translation>
    </message>
    <message>
        <source>units that the budget is divided into</source>
        <extracomment>strategy balanced, setting cells</extracomment>
        <translation>预算划分成的单位数</translation>
    </message>
    <message>
        <source>EVA ranks</source>
        <extracomment>strategy eva</extracomment>
        <translation>EVA 秩</translation>
    </message>
    <message>
        <source>LoRA without a mixture: the explained-variance ratios of all modules&apos; inputs are pooled, and each module gets as many ranks as it has among the largest (huggingface/peft). Modules may get none.</source>
        <extracomment>strategy eva</extracomment>
        <translation>不含混合的 LoRA：把所有模块输入的解释方差比汇集在一起，每个模块在最大的那些中占多少个，就得到多少秩（huggingface/peft）。有的模块可能一个也得不到。</translation>
    </message>
    <message>
        <source>mean rank: rank times the number of modules is given out</source>
        <extracomment>strategy eva, setting rank</extracomment>
        <translation>平均秩：共分配秩乘以模块数</translation>
    </message>
    <message>
        <source>no module gets more than rho times the mean rank</source>
        <extracomment>strategy eva, setting rho</extracomment>
        <translation>任何模块的秩都不超过平均秩的 rho 倍</translation>
    </message>
    <message>
        <source>the profile&apos;s signal with spectra per module</source>
        <extracomment>strategy eva, setting signal</extracomment>
        <translation>剖面中每个模块都有谱的信号</translation>
    </message>
    <message>
        <source>GoRA ranks</source>
        <extracomment>strategy gora</extracomment>
        <translation>GoRA 秩</translation>
    </message>
    <message>
        <source>LoRA without a mixture: ranks in proportion to each module&apos;s mean |weight times gradient|, between two bounds (2502.12171; hhnqqq/MyTransformers).</source>
        <extracomment>strategy gora</extracomment>
        <translation>不含混合的 LoRA：秩与各模块 |权重乘梯度| 的均值成正比，并限制在上下界之间（2502.12171；hhnqqq/MyTransformers）。</translation>
    </message>
    <message>
        <source>mean rank that the shares divide</source>
        <extracomment>strategy gora, setting rank</extracomment>
        <translation>由各份额划分的平均秩</translation>
    </message>
    <message>
        <source>smallest rank of a module</source>
        <extracomment>strategy gora, setting rank_min</extracomment>
        <translation>模块的最小秩</translation>
    </message>
    <message>
        <source>largest rank of a module</source>
        <extracomment>strategy gora, setting rank_max</extracomment>
        <translation>模块的最大秩</translation>
    </message>
    <message>
        <source>what a module&apos;s width counts as in the shares</source>
        <extracomment>strategy gora, setting phi</extracomment>
        <translation>模块宽度在份额中如何计入</translation>
    </message>
    <message>
        <source>plain shares, or softmax of the values brought to 0..1</source>
        <extracomment>strategy gora, setting share</extracomment>
        <translation>直接取份额，或对缩放到 0..1 的值取 softmax</translation>
    </message>
    <message>
        <source>of the softmax</source>
        <extracomment>strategy gora, setting temperature</extracomment>
        <translation>softmax 的温度</translation>
    </message>
    <message>
        <source>the profile&apos;s signal with values per module</source>
        <extracomment>strategy gora, setting signal</extracomment>
        <translation>剖面中每个模块都有值的信号</translation>
    </message>
    <message>
        <source>GuiLoMo</source>
        <extracomment>strategy guilomo</extracomment>
        <translation>GuiLoMo</translation>
    </message>
    <message>
        <source>Experts of every module and rank of every expert as a bilevel search has learned them from the task&apos;s data (2506.14646; Liar406/Gui-LoMo); hilo search makes it. Every expert is scaled by its own rank; the published code takes that of the last one.</source>
        <extracomment>strategy guilomo</extracomment>
        <translation>各模块的专家数和各专家的秩由双层搜索从任务数据中学得（2506.14646；Liar406/Gui-LoMo）；该搜索由 hilo search 完成。每个专家按自己的秩缩放；已发布的代码则一律采用最后一个专家的秩。</translation>
    </message>
    <message>
        <source>file with the result of hilo search</source>
        <extracomment>strategy guilomo, setting search</extracomment>
        <translation>含 hilo search 结果的文件</translation>
    </message>
    <message>
        <source>HILO (reconstructed)</source>
        <extracomment>strategy hilo</extracomment>
        <translation>HILO（重构）</translation>
    </message>
    <message>
        <source>The number of experts and their rank both follow the layers, by a schedule over depth or by measured complexity (2502.03884). Reconstructed from its abstract and a review: only the ranks 2468 and the rank rule are known; experts 2468, top-2, alpha 16 and the rounding are assumptions taken from MoLA.</source>
        <extracomment>strategy hilo</extracomment>
        <translation>专家数及其秩都随层而变，依据随深度的方案或测得的复杂度（2502.03884）。根据论文摘要和一篇评述重构：已知的只有秩 2468 和秩的规则；专家数 2468、top-2、alpha 16 以及取整方式是取自 MoLA 的假设。</translation>
    </message>
    <message>
        <source>experts: digits per group of layers (2468), numbers (2,4,6,8), one number for all (8), a ramp (2..8)</source>
        <extracomment>strategy hilo, setting experts</extracomment>
        <translation>专家数：每组层一个数字（2468）、数（2,4,6,8）、所有层同一个数（8）、斜坡（2..8）</translation>
    </message>
    <message>
        <source>ranks: digits per group of layers (2468), numbers (2,4,6,8), one number for all (8), a ramp (2..8)</source>
        <extracomment>strategy hilo, setting ranks</extracomment>
        <translation>秩：每组层一个数字（2468）、数（2,4,6,8）、所有层同一个数（8）、斜坡（2..8）</translation>
    </message>
    <message>
        <source>experts per token: the same forms; at most the module&apos;s experts</source>
        <extracomment>strategy hilo, setting top_k</extracomment>
        <translation>每个词元的专家数：形式相同；最多为模块的专家数</translation>
    </message>
    <message>
        <source>schedules in steps (layer l of L takes value floor(n l / L)), or as a line from layer to layer</source>
        <extracomment>strategy hilo, setting granularity</extracomment>
        <translation>方案按台阶（L 层中的第 l 层取第 floor(n l / L) 个值），或逐层连成直线</translation>
    </message>
    <message>
        <source>groups of layers that a ramp has at group granularity</source>
        <extracomment>strategy hilo, setting groups</extracomment>
        <translation>粒度为 group 时斜坡的层组数</translation>
    </message>
    <message>
        <source>decide the experts by this signal of the profile, or by depth</source>
        <extracomment>strategy hilo, setting experts_signal</extracomment>
        <translation>按剖面中的此信号决定专家数，或按深度（depth）</translation>
    </message>
    <message>
        <source>decide the ranks by this signal of the profile, or by depth</source>
        <extracomment>strategy hilo, setting ranks_signal</extracomment>
        <translation>按剖面中的此信号决定秩，或按深度（depth）</translation>
    </message>
    <message>
        <source>signals: one value per layer, or per module of a layer</source>
        <extracomment>strategy hilo, setting per</extracomment>
        <translation>信号：每层一个值，或层中每个模块一个值</translation>
    </message>
    <message>
        <source>signals: exponent of the complexity brought to 0..1</source>
        <extracomment>strategy hilo, setting power</extracomment>
        <translation>信号：缩放到 0..1 的复杂度的指数</translation>
    </message>
    <message>
        <source>signals: which end wants more capacity; profile: as the profile says</source>
        <extracomment>strategy hilo, setting direction</extracomment>
        <translation>信号：哪一端需要更多容量；profile：按剖面所述</translation>
    </message>
    <message>
        <source>signals: fewest experts</source>
        <extracomment>strategy hilo, setting experts_min</extracomment>
        <translation>信号：最少的专家数</translation>
    </message>
    <message>
        <source>signals: most experts</source>
        <extracomment>strategy hilo, setting experts_max</extracomment>
        <translation>信号：最多的专家数</translation>
    </message>
    <message>
        <source>signals: smallest rank</source>
        <extracomment>strategy hilo, setting ranks_min</extracomment>
        <translation>信号：最小秩</translation>
    </message>
    <message>
        <source>signals: largest rank, also with a budget</source>
        <extracomment>strategy hilo, setting ranks_max</extracomment>
        <translation>信号：最大秩，有预算时也适用</translation>
    </message>
    <message>
        <source>LayerIF</source>
        <extracomment>strategy layerif</extracomment>
        <translation>LayerIF</translation>
    </message>
    <message>
        <source>Experts of a layer by the influence of training samples on the validation loss through it, at least one each, the rest by largest remainder (2505.23811; HadiAskari/Expert_Allocation).</source>
        <extracomment>strategy layerif</extracomment>
        <translation>一层的专家数取决于训练样本经由该层对验证损失的影响，每层至少一个，其余按最大余数法分配（2505.23811；HadiAskari/Expert_Allocation）。</translation>
    </message>
    <message>
        <source>power of the turned value; what the published vectors used is not known</source>
        <extracomment>strategy layerif, setting beta</extracomment>
        <translation>反向后的值的幂次；已发布的向量用的是多少尚不清楚</translation>
    </message>
    <message>
        <source>largest value minus the value (published code), its negative (paper), or the value itself</source>
        <extracomment>strategy layerif, setting orientation</extracomment>
        <translation>最大值减去该值（已发布的代码）、其相反数（论文），或该值本身</translation>
    </message>
    <message>
        <source>LoRA</source>
        <extracomment>strategy lora</extracomment>
        <translation>LoRA</translation>
    </message>
    <message>
        <source>One adapter of one rank on every module, without routers: the baseline of every comparison (2106.09685).</source>
        <extracomment>strategy lora</extracomment>
        <translation>每个模块一个相同秩的适配器，没有路由：一切比较的基准（2106.09685）。</translation>
    </message>
    <message>
        <source>rank of every adapter</source>
        <extracomment>strategy lora, setting rank</extracomment>
        <translation>每个适配器的秩</translation>
    </message>
    <message>
        <source>experts per token; there is one</source>
        <extracomment>strategy lora, setting top_k</extracomment>
        <translation>每个词元的专家数；只有一个</translation>
    </message>
    <message>
        <source>D-MoLE</source>
        <extracomment>strategy d-mole</extracomment>
        <translation>D-MoLE</translation>
    </message>
    <message>
        <source>One profile per task: a module gets an expert for every task in which the norm of its gradient is among the largest of all modules (2506.11672; gcd19/D-MoLE). Modules that no task needs get none. Its router, which tells tasks apart by autoencoders, is not there; the mixture here is MoLA&apos;s.</source>
        <extracomment>strategy d-mole</extracomment>
        <translation>每个任务一个剖面：如果某模块在一个任务中的梯度范数属于所有模块中最大之列，就为该任务得到一个专家（2506.11672；gcd19/D-MoLE）。没有任务需要的模块不分配专家。它用自编码器区分任务的路由器这里没有；这里的混合采用 MoLA 的方式。</translation>
    </message>
    <message>
        <source>of all modules that get an expert for a task</source>
        <extracomment>strategy d-mole, setting share</extracomment>
        <translation>所有模块中为一个任务得到专家的比例</translation>
    </message>
    <message>
        <source>LoRA-SMoE</source>
        <extracomment>strategy lora-smoe</extracomment>
        <translation>LoRA-SMoE</translation>
    </message>
    <message>
        <source>One profile per task: a module gets an expert for every task in which its squared-gradient sensitivity is among the largest (2505.06272; EMLS-ICTCAS/LoRA-SMoE). Modules that no task needs get none. Its routing was not published; the mixture here is MoLA&apos;s.</source>
        <extracomment>strategy lora-smoe</extracomment>
        <translation>每个任务一个剖面：如果某模块在一个任务中的梯度平方敏感度属于最大之列，就为该任务得到一个专家（2505.06272；EMLS-ICTCAS/LoRA-SMoE）。没有任务需要的模块不分配专家。其路由方式未发布；这里的混合采用 MoLA 的方式。</translation>
    </message>
    <message>
        <source>the profiles&apos; signal with values per module</source>
        <extracomment>strategy lora-smoe, setting signal</extracomment>
        <translation>各剖面中每个模块都有值的信号</translation>
    </message>
    <message>
        <source>share of the modules of a pool that count as sensitive</source>
        <extracomment>strategy lora-smoe, setting keep</extracomment>
        <translation>一组模块中视为敏感的比例</translation>
    </message>
    <message>
        <source>what is compared: modules of one name, attention and MLP apart, or all</source>
        <extracomment>strategy lora-smoe, setting pool</extracomment>
        <translation>比较范围：同名模块、注意力与 MLP 分开，或全部</translation>
    </message>
    <message>
        <source>experts for each task; 1 is the published rule</source>
        <extracomment>strategy lora-smoe, setting experts_per_task</extracomment>
        <translation>每个任务的专家数；1 为已发布的规则</translation>
    </message>
    <message>
        <source>MoLA</source>
        <extracomment>strategy mola</extracomment>
        <translation>MoLA</translation>
    </message>
    <message>
        <source>A number of experts for each group of layers, set by hand, one rank for all (2402.08562).</source>
        <extracomment>strategy mola</extracomment>
        <translation>每组层的专家数由人工设定，所有专家同一个秩（2402.08562）。</translation>
    </message>
    <message>
        <source>triangle (8642), inverted-triangle (2468), hourglass (8228), diamond (2882), rectangle (5555), digits of any number of groups, or numbers with commas between</source>
        <extracomment>strategy mola, setting experts</extracomment>
        <translation>triangle（8642）、inverted-triangle（2468）、hourglass（8228）、diamond（2882）、rectangle（5555）、任意组数的数字，或以逗号分隔的数</translation>
    </message>
    <message>
        <source>Uniform mixture</source>
        <extracomment>strategy uniform</extracomment>
        <translation>均匀混合</translation>
    </message>
    <message>
        <source>The same number of experts of the same rank on every module.</source>
        <extracomment>strategy uniform</extracomment>
        <translation>每个模块专家数相同、秩相同。</translation>
    </message>
    <message>
        <source>experts of every module</source>
        <extracomment>strategy uniform, setting experts</extracomment>
        <translation>每个模块的专家数</translation>
    </message>
    <message>
        <source>PL α (Hill)</source>
        <extracomment>signal pl_alpha_hill</extracomment>
        <translation>PL α (Hill)</translation>
    </message>
    <message>
        <source>PL α</source>
        <extracomment>signal pl_alpha_hill</extracomment>
        <translation>PL α</translation>
    </message>
    <message>
        <source>How heavy the tail of a weight matrix&apos; spectrum is. Well-trained matrices have heavy tails and a small α; a large α marks a layer that is less trained, and AlphaLoRA gives such layers more experts.</source>
        <extracomment>signal pl_alpha_hill</extracomment>
        <translation>权重矩阵谱的尾部有多重。训练充分的矩阵尾部重、α 小；α 大表示该层训练不足，AlphaLoRA 给这样的层更多专家。</translation>
    </message>
    <message>
        <source>Exponent of a power law fitted to the large squared singular values of the weight; where it begins is chosen near the fullest bin of their histogram by the smallest Kolmogorov-Smirnov distance, with the published code&apos;s window. A smaller value means a heavier tail: a better trained layer, which gets fewer experts. Per module; per layer the mean over its modules.</source>
        <extracomment>signal pl_alpha_hill, definition</extracomment>
        <translation>对权重的较大奇异值平方拟合的幂律的指数；起点在直方图最满的区间附近选取，使 Kolmogorov-Smirnov 距离最小，窗口与已发布的代码相同。值越小尾部越重：该层训练得越好，得到的专家越少。按模块给出；每层取其各模块的均值。</translation>
    </message>
    <message>
        <source>PL α (Hill), corrected window</source>
        <extracomment>signal pl_alpha_hill_corrected</extracomment>
        <translation>PL α (Hill)，修正窗口</translation>
    </message>
    <message>
        <source>PL α corr.</source>
        <extracomment>signal pl_alpha_hill_corrected</extracomment>
        <translation>PL α 修正</translation>
    </message>
    <message>
        <source>The same exponent with the search window as the paper describes it. Where it ranks the layers like PL α (Hill), the choice of the window does not matter.</source>
        <extracomment>signal pl_alpha_hill_corrected</extracomment>
        <translation>同一指数，搜索窗口按论文所述。如果它对各层的排序与 PL α (Hill) 相同，窗口的选择就无关紧要。</translation>
    </message>
    <message>
        <source>The same fit with the window from 0.95 to 1.5 times the fullest bin&apos;s edge; the published code compares the eigenvalues with a logarithm at the lower end. Per module; per layer the mean over its modules.</source>
        <extracomment>signal pl_alpha_hill_corrected, definition</extracomment>
        <translation>同样的拟合，窗口为最满区间边界的 0.95 到 1.5 倍；已发布的代码在下端把特征值与一个对数作比较。按模块给出；每层取其各模块的均值。</translation>
    </message>
    <message>
        <source>Quality of the PL α fit</source>
        <extracomment>signal alpha_fit_distance</extracomment>
        <translation>PL α 拟合质量</translation>
    </message>
    <message>
        <source>PL α fit</source>
        <extracomment>signal alpha_fit_distance</extracomment>
        <translation>PL α 拟合</translation>
    </message>
    <message>
        <source>How far the fitted power law is from the spectrum. Where it is above 0.1 the exponent says little: do not allocate by PL α there.</source>
        <extracomment>signal alpha_fit_distance</extracomment>
        <translation>拟合的幂律与谱相差多远。超过 0.1 时指数说明不了什么：不要在那里按 PL α 分配。</translation>
    </message>
    <message>
        <source>Kolmogorov-Smirnov distance of the fit behind pl_alpha_hill: above 0.1 the exponent says little. Per module; per layer the mean over its modules.</source>
        <extracomment>signal alpha_fit_distance, definition</extracomment>
        <translation>pl_alpha_hill 所用拟合的 Kolmogorov-Smirnov 距离：超过 0.1 时指数说明不了什么。按模块给出；每层取其各模块的均值。</translation>
    </message>
    <message>
        <source>Hill exponent, upper half</source>
        <extracomment>signal hill_half</extracomment>
        <translation>Hill 指数，上半部分</translation>
    </message>
    <message>
        <source>Hill N/2</source>
        <extracomment>signal hill_half</extracomment>
        <translation>Hill N/2</translation>
    </message>
    <message>
        <source>The exponent of the tail with a fixed tail: the larger half of the spectrum. Without a search for the tail&apos;s start it moves less from one layer to the next.</source>
        <extracomment>signal hill_half</extracomment>
        <translation>尾部固定为谱的较大一半时的尾部指数。由于不搜索尾部的起点，它在层与层之间波动较小。</translation>
    </message>
    <message>
        <source>1 + k / sum of ln(lambda_i / lambda_(k+1)) over the k = N/2 largest squared singular values. Per module; per layer the mean over its modules.</source>
        <extracomment>signal hill_half, definition</extracomment>
        <translation>1 + k /（ln(lambda_i / lambda_(k+1)) 之和），对最大的 k = N/2 个奇异值平方求和。按模块给出；每层取其各模块的均值。</translation>
    </message>
    <message>
        <source>Stable rank</source>
        <extracomment>signal stable_rank</extracomment>
        <translation>稳定秩</translation>
    </message>
    <message>
        <source>How many directions a weight matrix really stretches. It is never above the true rank, and small changes of the matrix change it little.</source>
        <extracomment>signal stable_rank</extracomment>
        <translation>权重矩阵真正拉伸的方向有多少。它从不超过真实的秩，矩阵的小变化对它影响很小。</translation>
    </message>
    <message>
        <source>Squared Frobenius norm over squared spectral norm of the weight: how many equal directions would hold as much. Per module; per layer the mean over its modules.</source>
        <extracomment>signal stable_rank, definition</extracomment>
        <translation>权重的 Frobenius 范数平方除以谱范数平方：多少个相等的方向才能容纳同样多。按模块给出；每层取其各模块的均值。</translation>
    </message>
    <message>
        <source>directions</source>
        <extracomment>unit</extracomment>
        <translation>个方向</translation>
    </message>
    <message>
        <source>Effective rank of the weights</source>
        <extracomment>signal effective_rank</extracomment>
        <translation>权重的有效秩</translation>
    </message>
    <message>
        <source>Eff. rank W</source>
        <extracomment>signal effective_rank</extracomment>
        <translation>有效秩 W</translation>
    </message>
    <message>
        <source>The number of equally strong directions that would be as spread as the weight&apos;s own. High: the matrix spreads its work over many directions.</source>
        <extracomment>signal effective_rank</extracomment>
        <translation>与权重自身方向同样分散的等强方向的个数。高：矩阵把工作分散到许多方向上。</translation>
    </message>
    <message>
        <source>exp of the entropy of the singular values&apos; shares, p_i = sigma_i / sum sigma. Per module; per layer the mean over its modules.</source>
        <extracomment>signal effective_rank, definition</extracomment>
        <translation>奇异值份额 p_i = sigma_i / sum sigma 的熵的 exp。按模块给出；每层取其各模块的均值。</translation>
    </message>
    <message>
        <source>Effective rank of the energy</source>
        <extracomment>signal effective_rank_energy</extracomment>
        <translation>能量的有效秩</translation>
    </message>
    <message>
        <source>Eff. rank W²</source>
        <extracomment>signal effective_rank_energy</extracomment>
        <translation>有效秩 W²</translation>
    </message>
    <message>
        <source>As the effective rank of the weights, but strong directions count by their square, so it is lower. The two are often mixed up in the literature.</source>
        <extracomment>signal effective_rank_energy</extracomment>
        <translation>与权重的有效秩类似，但强方向按平方计入，因此数值更低。文献中常把两者混淆。</translation>
    </message>
    <message>
        <source>exp of the entropy of the squared singular values&apos; shares, p_i = sigma_i^2 / sum sigma^2; not the same as effective_rank. Per module; per layer the mean over its modules.</source>
        <extracomment>signal effective_rank_energy, definition</extracomment>
        <translation>奇异值平方的份额 p_i = sigma_i^2 / sum sigma^2 的熵的 exp；与 effective_rank 不同。按模块给出；每层取其各模块的均值。</translation>
    </message>
    <message>
        <source>Participation ratio of the weights</source>
        <extracomment>signal participation_ratio</extracomment>
        <translation>权重的参与比</translation>
    </message>
    <message>
        <source>Particip. W</source>
        <extracomment>signal participation_ratio</extracomment>
        <translation>参与比 W</translation>
    </message>
    <message>
        <source>Another count of the directions that a weight matrix uses; strong ones weigh more than in the effective rank.</source>
        <extracomment>signal participation_ratio</extracomment>
        <translation>权重矩阵所用方向数的另一种算法；强方向的权重比在有效秩中更大。</translation>
    </message>
    <message>
        <source>(sum lambda)^2 / sum lambda^2 of the squared singular values of the weight. Per module; per layer the mean over its modules.</source>
        <extracomment>signal participation_ratio, definition</extracomment>
        <translation>权重的奇异值平方的 (sum lambda)^2 / sum lambda^2。按模块给出；每层取其各模块的均值。</translation>
    </message>
    <message>
        <source>Spectral norm</source>
        <extracomment>signal spectral_norm</extracomment>
        <translation>谱范数</translation>
    </message>
    <message>
        <source>The most that a weight matrix can stretch any input.</source>
        <extracomment>signal spectral_norm</extracomment>
        <translation>权重矩阵对任何输入的最大拉伸倍数。</translation>
    </message>
    <message>
        <source>Largest singular value of the weight. Per module; per layer the mean over its modules.</source>
        <extracomment>signal spectral_norm, definition</extracomment>
        <translation>权重的最大奇异值。按模块给出；每层取其各模块的均值。</translation>
    </message>
    <message>
        <source>Frobenius norm</source>
        <extracomment>signal frobenius_norm</extracomment>
        <translation>Frobenius 范数</translation>
    </message>
    <message>
        <source>Frobenius</source>
        <extracomment>signal frobenius_norm</extracomment>
        <translation>Frobenius 范数</translation>
    </message>
    <message>
        <source>The size of a weight matrix over all entries. It grows with the matrix, so compare modules of the same shape.</source>
        <extracomment>signal frobenius_norm</extracomment>
        <translation>权重矩阵所有元素的总大小。它随矩阵增大，因此请比较形状相同的模块。</translation>
    </message>
    <message>
        <source>Root of the sum of the weight&apos;s squares. Per module; per layer the mean over its modules.</source>
        <extracomment>signal frobenius_norm, definition</extracomment>
        <translation>权重各元素平方和的平方根。按模块给出；每层取其各模块的均值。</translation>
    </message>
    <message>
        <source>Distance between experts</source>
        <extracomment>signal expert_redundancy</extracomment>
        <translation>专家间距离</translation>
    </message>
    <message>
        <source>Expert dist.</source>
        <extracomment>signal expert_redundancy</extracomment>
        <translation>专家距离</translation>
    </message>
    <message>
        <source>Of an adapter that was trained: how different what the experts of a module learned is. Where it is small the experts do the same, and fewer would do.</source>
        <extracomment>signal expert_redundancy</extracomment>
        <translation>来自训练过的适配器：一个模块的各专家学到的内容有多不同。小的地方专家做着同样的事，更少的专家就够了。</translation>
    </message>
    <message>
        <source>Of a trained adapter: mean Frobenius distance between the updates of every two experts of a module. Small: the experts do the same, fewer would do. Per module that has at least two experts in every layer; per layer the mean over its attention modules with at least two.</source>
        <extracomment>signal expert_redundancy, definition</extracomment>
        <translation>来自训练过的适配器：一个模块中每两个专家的更新之间的平均 Frobenius 距离。小：专家做着同样的事，更少就够了。按在每层都至少有两个专家的模块给出；每层取其至少有两个专家的注意力模块的均值。</translation>
    </message>
    <message>
        <source>Update of a trained adapter</source>
        <extracomment>signal trained_update</extracomment>
        <translation>训练过的适配器的更新</translation>
    </message>
    <message>
        <source>Trained upd.</source>
        <extracomment>signal trained_update</extracomment>
        <translation>训练更新</translation>
    </message>
    <message>
        <source>Of an adapter that was trained, say in a short pilot run of generous rank: how large the change is that it makes in each module. Its spectrum says how many ranks the module makes use of; the strategy “balanced” can share out ranks by it.</source>
        <extracomment>signal trained_update</extracomment>
        <translation>来自训练过的适配器，例如秩较宽裕的短期试运行：它对每个模块的改动有多大。其谱说明模块用到多少秩；“均衡”（balanced）策略可以据此分配秩。</translation>
    </message>
    <message>
        <source>Of a trained adapter: Frobenius norm of the update s B A, with several experts of their mean. A short run of generous rank tells by it, and by the spectra, how many ranks each module makes use of. Per module that has an expert in every layer; per layer the mean over its modules.</source>
        <extracomment>signal trained_update, definition</extracomment>
        <translation>来自训练过的适配器：更新 s B A 的 Frobenius 范数，有多个专家时取其均值的范数。用较宽裕的秩做一次短期运行，即可由它和谱看出每个模块用到多少秩。按在每层都有专家的模块给出；每层取其各模块的均值。</translation>
    </message>
    <message>
        <source>Effective rank of the activations</source>
        <extracomment>signal activation_effective_rank</extracomment>
        <translation>激活的有效秩</translation>
    </message>
    <message>
        <source>Eff. rank</source>
        <extracomment>signal activation_effective_rank</extracomment>
        <translation>有效秩</translation>
    </message>
    <message>
        <source>Over how many directions the tokens really spread. A richer representation leaves more for experts to tell apart.</source>
        <extracomment>signal activation_effective_rank</extracomment>
        <translation>词元真正分散在多少个方向上。表示越丰富，可供专家区分的内容越多。</translation>
    </message>
    <message>
        <source>exp of the entropy of the shares of the eigenvalues of the centred covariance. Per layer of its output; per module of its input.</source>
        <extracomment>signal activation_effective_rank, definition</extracomment>
        <translation>中心化协方差的特征值份额的熵的 exp。每层按其输出计算，每个模块按其输入计算。</translation>
    </message>
    <message>
        <source>Participation ratio of the activations</source>
        <extracomment>signal activation_participation_ratio</extracomment>
        <translation>激活的参与比</translation>
    </message>
    <message>
        <source>Particip.</source>
        <extracomment>signal activation_participation_ratio</extracomment>
        <translation>参与比</translation>
    </message>
    <message>
        <source>A second count of the directions that the tokens use; strong directions weigh more than in the effective rank.</source>
        <extracomment>signal activation_participation_ratio</extracomment>
        <translation>词元所用方向数的另一种算法；强方向的权重比在有效秩中更大。</translation>
    </message>
    <message>
        <source>(trace C)^2 / trace C^2 of the centred covariance C. Per layer of its output; per module of its input.</source>
        <extracomment>signal activation_participation_ratio, definition</extracomment>
        <translation>中心化协方差 C 的 (trace C)^2 / trace C^2。每层按其输出计算，每个模块按其输入计算。</translation>
    </message>
    <message>
        <source>Directions for 90 % of the variance</source>
        <extracomment>signal explained_variance</extracomment>
        <translation>占 90 % 方差的方向数</translation>
    </message>
    <message>
        <source>EVA 90 %</source>
        <extracomment>signal explained_variance</extracomment>
        <translation>EVA 90 %</translation>
    </message>
    <message>
        <source>How many principal directions hold nine tenths of the variance of a module&apos;s input. A curve that falls slowly wants more rank. The strategy EVA pools these curves over all modules.</source>
        <extracomment>signal explained_variance</extracomment>
        <translation>多少个主方向占模块输入方差的十分之九。曲线下降慢需要更大的秩。EVA 策略把所有模块的这些曲线汇集在一起。</translation>
    </message>
    <message>
        <source>How many principal directions of a module&apos;s input hold 90 % of its variance: the more, the wider spread. Per module; per layer the mean over its modules. The spectra are what EVA pools.</source>
        <extracomment>signal explained_variance, definition</extracomment>
        <translation>模块输入的多少个主方向占其方差的 90 %：越多，分布越广。按模块给出；每层取其各模块的均值。EVA 汇集的就是这些谱。</translation>
    </message>
    <message>
        <source>Intrinsic dimension (TwoNN)</source>
        <extracomment>signal intrinsic_dimension</extracomment>
        <translation>内在维度 (TwoNN)</translation>
    </message>
    <message>
        <source>TwoNN</source>
        <extracomment>signal intrinsic_dimension</extracomment>
        <translation>TwoNN</translation>
    </message>
    <message>
        <source>The dimension of the surface on which the tokens&apos; states lie, from the distances of each token to its two nearest neighbours. GeLoRA takes a layer&apos;s rank from how much it grows across the layer.</source>
        <extracomment>signal intrinsic_dimension</extracomment>
        <translation>词元状态所在曲面的维度，由每个词元到其最近两个邻居的距离得出。GeLoRA 由它在经过一层时增长多少来确定该层的秩。</translation>
    </message>
    <message>
        <source>(T - 1) / sum of ln(r2 / r1) over T tokens of the layer&apos;s output, r1 and r2 the distances to the first and second nearest other token; at most 2000 tokens; doubles are left out.</source>
        <extracomment>signal intrinsic_dimension, definition</extracomment>
        <translation>(T - 1) /（ln(r2 / r1) 之和），对层输出的 T 个词元求和，r1 和 r2 为到最近和次近的其他词元的距离；最多 2000 个词元；重复的词元略去。</translation>
    </message>
    <message>
        <source>dimensions</source>
        <extracomment>unit</extracomment>
        <translation>维</translation>
    </message>
    <message>
        <source>Block influence</source>
        <extracomment>signal block_influence</extracomment>
        <translation>块影响</translation>
    </message>
    <message>
        <source>Block infl.</source>
        <extracomment>signal block_influence</extracomment>
        <translation>块影响</translation>
    </message>
    <message>
        <source>How far a layer turns the stream of states. Near zero: the layer could almost be left out.</source>
        <extracomment>signal block_influence</extracomment>
        <translation>一层使状态流偏转多少。接近零：这一层几乎可以省去。</translation>
    </message>
    <message>
        <source>1 - mean cosine between the layer&apos;s input and output at the same token: how far the layer turns the stream.</source>
        <extracomment>signal block_influence, definition</extracomment>
        <translation>1 - 同一词元处层输入与输出的平均余弦：该层使状态流偏转多少。</translation>
    </message>
    <message>
        <source>Linear CKA, in and out</source>
        <extracomment>signal linear_cka</extracomment>
        <translation>输入与输出的线性 CKA</translation>
    </message>
    <message>
        <source>CKA</source>
        <extracomment>signal linear_cka</extracomment>
        <translation>CKA</translation>
    </message>
    <message>
        <source>How alike a layer&apos;s input and output are, whatever rotation lies between them. 1: the same pattern; low: the layer transforms a lot.</source>
        <extracomment>signal linear_cka</extracomment>
        <translation>无论之间有何旋转，一层的输入与输出有多相似。1：模式相同；低：该层变换很大。</translation>
    </message>
    <message>
        <source>Squared Frobenius norm of the centred cross-covariance of the layer&apos;s input and output over the product of the norms of their covariances: 1 means the same up to rotation and scale.</source>
        <extracomment>signal linear_cka, definition</extracomment>
        <translation>层输入与输出的中心化互协方差的 Frobenius 范数平方，除以两者协方差的范数之积：1 表示除旋转和缩放外相同。</translation>
    </message>
    <message>
        <source>Outlier ratio</source>
        <extracomment>signal outlier_ratio</extracomment>
        <translation>离群值比例</translation>
    </message>
    <message>
        <source>Outliers</source>
        <extracomment>signal outlier_ratio</extracomment>
        <translation>离群值</translation>
    </message>
    <message>
        <source>The share of a module&apos;s weights that, with the input they meet, stand far above the mean. Layers with more outliers lose more when they are made smaller.</source>
        <extracomment>signal outlier_ratio</extracomment>
        <translation>结合所遇到的输入来看，模块中远高于均值的权重所占的比例。离群值越多的层，缩小时损失越大。</translation>
    </message>
    <message>
        <source>Share of the entries of (norm of input feature j) * |W_ij| that are above 5 times their mean over the module. Per module; per layer the mean over its modules.</source>
        <extracomment>signal outlier_ratio, definition</extracomment>
        <translation>（输入特征 j 的范数）* |W_ij| 的各元素中超过其模块均值 5 倍的比例。按模块给出；每层取其各模块的均值。</translation>
    </message>
    <message>
        <source>share</source>
        <extracomment>unit</extracomment>
        <translation>比例</translation>
    </message>
    <message>
        <source>Norm of the states</source>
        <extracomment>signal activation_norm</extracomment>
        <translation>状态的范数</translation>
    </message>
    <message>
        <source>State norm</source>
        <extracomment>signal activation_norm</extracomment>
        <translation>状态范数</translation>
    </message>
    <message>
        <source>How long the tokens&apos; states are. In residual models it mostly grows with depth, and a study of layer importance finds it in line with how far layers move in fine-tuning.</source>
        <extracomment>signal activation_norm</extracomment>
        <translation>词元状态有多长。在残差模型中它大多随深度增大；一项层重要性研究发现它与各层在微调中移动的幅度一致。</translation>
    </message>
    <message>
        <source>Mean Euclidean length of the layer&apos;s output.</source>
        <extracomment>signal activation_norm, definition</extracomment>
        <translation>层输出的平均欧几里得长度。</translation>
    </message>
    <message>
        <source>Entropy of the states</source>
        <extracomment>signal activation_entropy</extracomment>
        <translation>状态的熵</translation>
    </message>
    <message>
        <source>Entropy</source>
        <extracomment>signal activation_entropy</extracomment>
        <translation>熵</translation>
    </message>
    <message>
        <source>Whether all coordinates of a state take part (high) or few dominate (low). There is no standard definition; the one in use is stated.</source>
        <extracomment>signal activation_entropy</extracomment>
        <translation>状态的所有坐标都参与（高），还是由少数坐标主导（低）。没有标准定义；所用的定义已注明。</translation>
    </message>
    <message>
        <source>Mean over tokens of the entropy, in nats, of softmax(|x|) of the layer&apos;s output. There is no standard definition; this is one of those in use.</source>
        <extracomment>signal activation_entropy, definition</extracomment>
        <translation>层输出的 softmax(|x|) 的熵（单位奈特）对词元取均值。没有标准定义；这是常用的定义之一。</translation>
    </message>
    <message>
        <source>nats</source>
        <extracomment>unit</extracomment>
        <translation>奈特</translation>
    </message>
    <message>
        <source>Sensitivity to the task</source>
        <extracomment>signal squared_gradient</extracomment>
        <translation>对任务的敏感度</translation>
    </message>
    <message>
        <source>Sensitivity</source>
        <extracomment>signal squared_gradient</extracomment>
        <translation>敏感度</translation>
    </message>
    <message>
        <source>How strongly the loss of your task pulls on a module&apos;s weights. LoRA-SMoE gives more experts where it is higher.</source>
        <extracomment>signal squared_gradient</extracomment>
        <translation>您的任务的损失对模块权重的牵引有多强。LoRA-SMoE 在它较高处给更多专家。</translation>
    </message>
    <message>
        <source>Mean over samples of the squared Frobenius norm of the loss&apos;s gradient by the weight. Per module; per layer the mean over its modules.</source>
        <extracomment>signal squared_gradient, definition</extracomment>
        <translation>损失对权重的梯度的 Frobenius 范数平方对样本取均值。按模块给出；每层取其各模块的均值。</translation>
    </message>
    <message>
        <source>Empirical Fisher information</source>
        <extracomment>signal fisher</extracomment>
        <translation>经验 Fisher 信息</translation>
    </message>
    <message>
        <source>Fisher</source>
        <extracomment>signal fisher</extracomment>
        <translation>Fisher</translation>
    </message>
    <message>
        <source>The sensitivity per weight, so that modules of different size can be compared.</source>
        <extracomment>signal fisher</extracomment>
        <translation>平均到每个权重的敏感度，使大小不同的模块可以比较。</translation>
    </message>
    <message>
        <source>Mean over samples and over the weight&apos;s entries of the squared gradient of one sample: squared_gradient divided by the weight&apos;s size. Per module; per layer the mean over its modules.</source>
        <extracomment>signal fisher, definition</extracomment>
        <translation>单个样本的梯度平方对样本和权重的各元素取均值：squared_gradient 除以权重的大小。按模块给出；每层取其各模块的均值。</translation>
    </message>
    <message>
        <source>Gradient norm</source>
        <extracomment>signal gradient_norm</extracomment>
        <translation>梯度范数</translation>
    </message>
    <message>
        <source>‖G‖</source>
        <extracomment>signal gradient_norm</extracomment>
        <translation>‖G‖</translation>
    </message>
    <message>
        <source>How far the loss of your task pulls a module&apos;s weights in one direction, all samples together. D-MoLE gives experts to the modules where it is largest.</source>
        <extracomment>signal gradient_norm</extracomment>
        <translation>您的任务的损失把模块权重往一个方向牵引多远，所有样本合计。D-MoLE 把专家给它最大的模块。</translation>
    </message>
    <message>
        <source>Frobenius norm of the gradient of the mean loss by the weight. Per module; per layer the mean over its modules.</source>
        <extracomment>signal gradient_norm, definition</extracomment>
        <translation>平均损失对权重的梯度的 Frobenius 范数。按模块给出；每层取其各模块的均值。</translation>
    </message>
    <message>
        <source>Weight times gradient</source>
        <extracomment>signal weight_gradient</extracomment>
        <translation>权重乘梯度</translation>
    </message>
    <message>
        <source>|W·G|</source>
        <extracomment>signal weight_gradient</extracomment>
        <translation>|W·G|</translation>
    </message>
    <message>
        <source>A first estimate of what the loss would lose without the weights of a module. GoRA gives ranks by it.</source>
        <extracomment>signal weight_gradient</extracomment>
        <translation>初步估计去掉某模块的权重后损失会变化多少。GoRA 据此给出秩。</translation>
    </message>
    <message>
        <source>Mean |W * G| over the weight&apos;s entries, G the gradient of the mean loss. Per module; per layer the mean over its modules.</source>
        <extracomment>signal weight_gradient, definition</extracomment>
        <translation>|W * G| 对权重各元素的均值，G 为平均损失的梯度。按模块给出；每层取其各模块的均值。</translation>
    </message>
    <message>
        <source>Whitened gradient</source>
        <extracomment>signal whitened_gradient</extracomment>
        <translation>白化梯度</translation>
    </message>
    <message>
        <source>Whitened G</source>
        <extracomment>signal whitened_gradient</extracomment>
        <translation>白化 G</translation>
    </message>
    <message>
        <source>The gradient with the input&apos;s own spread divided out. Its spectrum says what each further unit of rank is worth; the strategy “balanced” plans by it.</source>
        <extracomment>signal whitened_gradient</extracomment>
        <translation>除去输入自身分散程度后的梯度。其谱说明每增加一个单位的秩值多少；“均衡”（balanced）策略据此规划。</translation>
    </message>
    <message>
        <source>Frobenius norm of G (C + e I)^(-1/2), C the second moment of the module&apos;s input and e a thousandth of its mean diagonal. For a linear teacher and squared loss the spectrum is that of the activation-weighted update that is missing: what a rank leaves out is risk. Per module; per layer the mean over its modules.</source>
        <extracomment>signal whitened_gradient, definition</extracomment>
        <translation>G (C + e I)^(-1/2) 的 Frobenius 范数，C 为模块输入的二阶矩，e 为其对角线均值的千分之一。对于线性教师和平方损失，该谱就是所缺的按激活加权的更新的谱：秩未能涵盖的部分就是风险。按模块给出；每层取其各模块的均值。</translation>
    </message>
    <message>
        <source>Necessity</source>
        <extracomment>signal necessity</extracomment>
        <translation>必要性</translation>
    </message>
    <message>
        <source>How much the loss rises when a layer is left out. Early layers are often necessary and yet change little in fine-tuning, so this can point the other way than signals of change.</source>
        <extracomment>signal necessity</extracomment>
        <translation>略去一层时损失上升多少。靠前的层往往必要，却在微调中变化很小，因此它可能与变化信号指向相反。</translation>
    </message>
    <message>
        <source>Loss on validation rows without the layer minus the loss with it (leave one block out). It tends to order layers against what training changes.</source>
        <extracomment>signal necessity, definition</extracomment>
        <translation>验证行上没有该层时的损失减去有该层时的损失（每次略去一个块）。它对各层的排序往往与训练改变的程度相反。</translation>
    </message>
    <message>
        <source>Influence, all samples</source>
        <extracomment>signal influence</extracomment>
        <translation>影响，全部样本</translation>
    </message>
    <message>
        <source>Influence</source>
        <extracomment>signal influence</extracomment>
        <translation>影响</translation>
    </message>
    <message>
        <source>How much the training rows change the loss on held-out rows through a layer. Negative values help, so the published rule gives more experts where the sum is smaller.</source>
        <extracomment>signal influence</extracomment>
        <translation>训练行经由一层对留出行的损失改变多少。负值有帮助，因此已发布的规则在总和较小处给更多专家。</translation>
    </message>
    <message>
        <source>Sum over training samples of DataInf&apos;s influence on the validation loss through the weight: negative values are helpful, so that the published rule gives more experts where the sum is smaller. Per module; per layer the sum over its modules.</source>
        <extracomment>signal influence, definition</extracomment>
        <translation>训练样本经由该权重对验证损失的 DataInf 影响之和：负值有帮助，因此已发布的规则在总和较小处给更多专家。按模块给出；每层取其各模块之和。</translation>
    </message>
    <message>
        <source>Influence, helpful samples</source>
        <extracomment>signal influence_helpful</extracomment>
        <translation>影响，有帮助的样本</translation>
    </message>
    <message>
        <source>Infl. help.</source>
        <extracomment>signal influence_helpful</extracomment>
        <translation>有益影响</translation>
    </message>
    <message>
        <source>The influence turned round and summed over those training rows alone that help in a layer.</source>
        <extracomment>signal influence_helpful</extracomment>
        <translation>将影响反向，只对在一层中有帮助的训练行求和。</translation>
    </message>
    <message>
        <source>The same turned round and summed over the samples that are helpful in the layer alone.</source>
        <extracomment>signal influence_helpful, definition</extracomment>
        <translation>同上但反向，只对在该层中有帮助的样本求和。</translation>
    </message>
    <message>
        <source>Influence, most helpful quarter</source>
        <extracomment>signal influence_top_quarter</extracomment>
        <translation>影响，最有帮助的四分之一</translation>
    </message>
    <message>
        <source>Infl. top 25 %</source>
        <extracomment>signal influence_top_quarter</extracomment>
        <translation>影响 前 25 %</translation>
    </message>
    <message>
        <source>The same over the quarter of the training rows that helps most in a layer.</source>
        <extracomment>signal influence_top_quarter</extracomment>
        <translation>同上，只对在一层中最有帮助的四分之一训练行求和。</translation>
    </message>
    <message>
        <source>The same turned round and summed over the quarter of the samples that is most helpful in the layer.</source>
        <extracomment>signal influence_top_quarter, definition</extracomment>
        <translation>同上但反向，对在该层中最有帮助的四分之一样本求和。</translation>
    </message>
    <message>
        <source>squared singular values of the weight</source>
        <extracomment>what spectra hold</extracomment>
        <translation>权重奇异值的平方</translation>
    </message>
    <message>
        <source>squared singular values of the update</source>
        <extracomment>what spectra hold</extracomment>
        <translation>更新的奇异值的平方</translation>
    </message>
    <message>
        <source>share of the input&apos;s variance, by principal direction</source>
        <extracomment>what spectra hold</extracomment>
        <translation>各主方向占输入方差的比例</translation>
    </message>
    <message>
        <source>squared singular values of the whitened gradient</source>
        <extracomment>what spectra hold</extracomment>
        <translation>白化梯度的奇异值的平方</translation>
    </message>
    <message>
        <source>HILO</source>
        <extracomment>export format</extracomment>
        <translation>HILO</translation>
    </message>
    <message>
        <source>Python module</source>
        <extracomment>export format</extracomment>
        <translation>Python 模块</translation>
    </message>
    <message>
        <source>PEFT LoRA</source>
        <extracomment>export format</extracomment>
        <translation>PEFT LoRA</translation>
    </message>
    <message>
        <source>MoLA, AlphaLoRA</source>
        <extracomment>export format</extracomment>
        <translation>MoLA, AlphaLoRA</translation>
    </message>
    <message>
        <source>MoE-PEFT</source>
        <extracomment>export format</extracomment>
        <translation>MoE-PEFT</translation>
    </message>
    <message>
        <source>GGUF LoRA</source>
        <extracomment>export format</extracomment>
        <translation>GGUF LoRA</translation>
    </message>
    <message>
        <source>PEFT LoRA, one rank</source>
        <extracomment>export format</extracomment>
        <translation>PEFT LoRA，同一秩</translation>
    </message>
    <message>
        <source>PEFT LoRA, static</source>
        <extracomment>export format</extracomment>
        <translation>PEFT LoRA，静态</translation>
    </message>
    <message>
        <source>PEFT LoRA, distilled</source>
        <extracomment>export format</extracomment>
        <translation>PEFT LoRA，蒸馏</translation>
    </message>
    <message>
        <source>Merged model</source>
        <extracomment>export format</extracomment>
        <translation>合并后的模型</translation>
    </message>
    <message>
        <source>Merged GGUF model</source>
        <extracomment>export format</extracomment>
        <translation>合并后的 GGUF 模型</translation>
    </message>
    <message>
        <source>own format: safetensors and the allocation map; read by hilo and the workbench</source>
        <extracomment>export format hilo</extracomment>
        <translation>自有格式：safetensors 加分配图；hilo 和工作台可读取</translation>
    </message>
    <message>
        <source>exact in PyTorch: the adapter with one module for models of transformers</source>
        <extracomment>export format python</extracomment>
        <translation>在 PyTorch 中精确运行：适配器和一个用于 transformers 模型的模块</translation>
    </message>
    <message>
        <source>PEFT LoRA with the exact rank of every module (peft 0.6 and later)</source>
        <extracomment>export format peft</extracomment>
        <translation>PEFT LoRA，保留每个模块的确切秩（peft 0.6 及以上）</translation>
    </message>
    <message>
        <source>PEFT LoRA padded to one rank (any peft, vLLM, llama.cpp's converter)</source>
        <extracomment>export format peft-padded</extracomment>
        <translation>填充为同一秩的 PEFT LoRA（任意 peft、vLLM、llama.cpp 的转换器）</translation>
    </message>
    <message>
        <source>PEFT LoRA; a mixture is collapsed by its mean routing weights</source>
        <extracomment>export format peft-static</extracomment>
        <translation>PEFT LoRA；混合专家按平均路由权重合并为一个</translation>
    </message>
    <message>
        <source>PEFT LoRA that is trained to say what the mixture says</source>
        <extracomment>export format peft-distilled</extracomment>
        <translation>经训练使输出与混合一致的 PEFT LoRA</translation>
    </message>
    <message>
        <source>MoLA and AlphaLoRA: experts, rank and top-k by layer</source>
        <extracomment>export format mola</extracomment>
        <translation>MoLA 和 AlphaLoRA：按层给出专家数、秩和 top-k</translation>
    </message>
    <message>
        <source>MoE-PEFT, types MOLA, LORAMOE and LORA</source>
        <extracomment>export format moe-peft</extracomment>
        <translation>MoE-PEFT，类型 MOLA、LORAMOE 和 LORA</translation>
    </message>
    <message>
        <source>GGUF LoRA adapter for llama.cpp</source>
        <extracomment>export format gguf-lora</extracomment>
        <translation>用于 llama.cpp 的 GGUF LoRA 适配器</translation>
    </message>
    <message>
        <source>a whole Hugging Face model with the adapter in its weights</source>
        <extracomment>export format merged</extracomment>
        <translation>完整的 Hugging Face 模型，适配器已并入权重</translation>
    </message>
    <message>
        <source>a whole GGUF model with the adapter in its weights</source>
        <extracomment>export format merged-gguf</extracomment>
        <translation>完整的 GGUF 模型，适配器已并入权重</translation>
    </message>
    <message>
        <source>Instruction tuning in the form of Alpaca, with or without an input.</source>
        <extracomment>prompt template</extracomment>
        <translation>Alpaca 形式的指令微调，可带或不带输入。</translation>
    </message>
    <message>
        <source>Conversations in the model&apos;s own chat template; instructions and prompts with completions as one question and its answer.</source>
        <extracomment>prompt template</extracomment>
        <translation>以模型自带的聊天模板书写的对话；指令以及提示与补全作为一问一答。</translation>
    </message>
    <message>
        <source>ShareGPT&apos;s conversations (from, value) in the model&apos;s own chat template.</source>
        <extracomment>prompt template</extracomment>
        <translation>ShareGPT 形式的对话（from、value），以模型自带的聊天模板书写。</translation>
    </message>
    <message>
        <source>Preferences (UltraFeedback): the chosen answers alone are learnt, in the model&apos;s own chat template.</source>
        <extracomment>prompt template</extracomment>
        <translation>偏好数据（UltraFeedback）：只学习被选中的回答，以模型自带的聊天模板书写。</translation>
    </message>
    <message>
        <source>Instructions in the columns of Dolly, with or without a context.</source>
        <extracomment>prompt template</extracomment>
        <translation>采用 Dolly 列的指令，可带或不带上下文。</translation>
    </message>
    <message>
        <source>Conversations in ChatML turns (SmolLM2-Instruct, Qwen).</source>
        <extracomment>prompt template</extracomment>
        <translation>以 ChatML 轮次组织的对话（SmolLM2-Instruct、Qwen）。</translation>
    </message>
    <message>
        <source>Any text with a label; the labels are those of the training rows.</source>
        <extracomment>prompt template</extracomment>
        <translation>任意带标签的文本；标签取自训练行。</translation>
    </message>
    <message>
        <source>The sample project's task: which kind of thing does a gloss define?</source>
        <extracomment>prompt template</extracomment>
        <translation>示例项目的任务：一条释义定义的是哪一类事物？</translation>
    </message>
    <message>
        <source>A prompt and its completion, as they are.</source>
        <extracomment>prompt template</extracomment>
        <translation>提示及其补全，原样使用。</translation>
    </message>
    <message>
        <source>Plain text, all of it learned.</source>
        <extracomment>prompt template</extracomment>
        <translation>纯文本，全部参与学习。</translation>
    </message>
    <message>
        <source>CoLA as MoLA and AlphaLoRA ask it.</source>
        <extracomment>prompt template</extracomment>
        <translation>按 MoLA 和 AlphaLoRA 的提问方式使用 CoLA。</translation>
    </message>
    <message>
        <source>RTE as MoLA and AlphaLoRA ask it.</source>
        <extracomment>prompt template</extracomment>
        <translation>按 MoLA 和 AlphaLoRA 的提问方式使用 RTE。</translation>
    </message>
    <message>
        <source>MRPC as MoLA and AlphaLoRA ask it (GCYZSL/MoLA, peijunallin/alphalora).</source>
        <extracomment>prompt template</extracomment>
        <translation>按 MoLA 和 AlphaLoRA 的提问方式使用 MRPC（GCYZSL/MoLA、peijunallin/alphalora）。</translation>
    </message>
    <message>
        <source>CommonsenseQA as MoLA asks it.</source>
        <extracomment>prompt template</extracomment>
        <translation>按 MoLA 的提问方式使用 CommonsenseQA。</translation>
    </message>
    <message>
        <source>OpenbookQA as MoLA asks it.</source>
        <extracomment>prompt template</extracomment>
        <translation>按 MoLA 的提问方式使用 OpenbookQA。</translation>
    </message>
    <message>
        <source>ScienceQA (text only) as MoLA asks it.</source>
        <extracomment>prompt template</extracomment>
        <translation>按 MoLA 的提问方式使用 ScienceQA（仅文本）。</translation>
    </message>
    <message>
        <source>ARC for choice-likelihood, as lm-evaluation-harness asks it.</source>
        <extracomment>prompt template</extracomment>
        <translation>用于 choice-likelihood 的 ARC，提问方式同 lm-evaluation-harness。</translation>
    </message>
    <message>
        <source>OpenbookQA for choice-likelihood, as lm-evaluation-harness asks it.</source>
        <extracomment>prompt template</extracomment>
        <translation>用于 choice-likelihood 的 OpenbookQA，提问方式同 lm-evaluation-harness。</translation>
    </message>
    <message>
        <source>CommonsenseQA for choice-likelihood, as lm-evaluation-harness asks it.</source>
        <extracomment>prompt template</extracomment>
        <translation>用于 choice-likelihood 的 CommonsenseQA，提问方式同 lm-evaluation-harness。</translation>
    </message>
    <message>
        <source>BoolQ for choice-likelihood, as lm-evaluation-harness asks it.</source>
        <extracomment>prompt template</extracomment>
        <translation>用于 choice-likelihood 的 BoolQ，提问方式同 lm-evaluation-harness。</translation>
    </message>
    <message>
        <source>PIQA for choice-likelihood, as lm-evaluation-harness asks it.</source>
        <extracomment>prompt template</extracomment>
        <translation>用于 choice-likelihood 的 PIQA，提问方式同 lm-evaluation-harness。</translation>
    </message>
    <message>
        <source>Social IQa for choice-likelihood, as lm-evaluation-harness asks it.</source>
        <extracomment>prompt template</extracomment>
        <translation>用于 choice-likelihood 的 Social IQa，提问方式同 lm-evaluation-harness。</translation>
    </message>
    <message>
        <source>HellaSwag for choice-likelihood: the endings behind the text, whose marks such as [title] stay.</source>
        <extracomment>prompt template</extracomment>
        <translation>用于 choice-likelihood 的 HellaSwag：各结尾接在文本之后，保留 [title] 之类的标记。</translation>
    </message>
    <message>
        <source>WinoGrande for choice-likelihood: each option with the rest of the sentence behind it.</source>
        <extracomment>prompt template</extracomment>
        <translation>用于 choice-likelihood 的 WinoGrande：每个选项之后接句子的其余部分。</translation>
    </message>
    <message>
        <source>GSM8K&apos;s questions with their worked answers, which end in &quot;#### NUMBER&quot;.</source>
        <extracomment>prompt template</extracomment>
        <translation>GSM8K 的题目及其解答过程，解答以“#### 数字”结尾。</translation>
    </message>
    <message>
        <source>MMLU&apos;s questions with lettered options, as its authors ask them (2009.03300).</source>
        <extracomment>prompt template</extracomment>
        <translation>MMLU 的带字母选项的题目，提问方式同其作者（2009.03300）。</translation>
    </message>
    <message>
        <source>ARC as MoE-PEFT asks it (TUDB-Labs/MoE-PEFT).</source>
        <extracomment>prompt template</extracomment>
        <translation>按 MoE-PEFT 的提问方式使用 ARC（TUDB-Labs/MoE-PEFT）。</translation>
    </message>
    <message>
        <source>BoolQ as MoE-PEFT asks it (TUDB-Labs/MoE-PEFT).</source>
        <extracomment>prompt template</extracomment>
        <translation>按 MoE-PEFT 的提问方式使用 BoolQ（TUDB-Labs/MoE-PEFT）。</translation>
    </message>
    <message>
        <source>CommonsenseQA as MoE-PEFT asks it (TUDB-Labs/MoE-PEFT).</source>
        <extracomment>prompt template</extracomment>
        <translation>按 MoE-PEFT 的提问方式使用 CommonsenseQA（TUDB-Labs/MoE-PEFT）。</translation>
    </message>
    <message>
        <source>HellaSwag as MoE-PEFT asks it (TUDB-Labs/MoE-PEFT).</source>
        <extracomment>prompt template</extracomment>
        <translation>按 MoE-PEFT 的提问方式使用 HellaSwag（TUDB-Labs/MoE-PEFT）。</translation>
    </message>
    <message>
        <source>OpenbookQA as MoE-PEFT asks it (TUDB-Labs/MoE-PEFT).</source>
        <extracomment>prompt template</extracomment>
        <translation>按 MoE-PEFT 的提问方式使用 OpenbookQA（TUDB-Labs/MoE-PEFT）。</translation>
    </message>
    <message>
        <source>PIQA as MoE-PEFT asks it (TUDB-Labs/MoE-PEFT).</source>
        <extracomment>prompt template</extracomment>
        <translation>按 MoE-PEFT 的提问方式使用 PIQA（TUDB-Labs/MoE-PEFT）。</translation>
    </message>
    <message>
        <source>Social IQa as MoE-PEFT asks it (TUDB-Labs/MoE-PEFT).</source>
        <extracomment>prompt template</extracomment>
        <translation>按 MoE-PEFT 的提问方式使用 Social IQa（TUDB-Labs/MoE-PEFT）。</translation>
    </message>
    <message>
        <source>WinoGrande as MoE-PEFT asks it (TUDB-Labs/MoE-PEFT).</source>
        <extracomment>prompt template</extracomment>
        <translation>按 MoE-PEFT 的提问方式使用 WinoGrande（TUDB-Labs/MoE-PEFT）。</translation>
    </message>
    <message>
        <source>Experts</source>
        <extracomment>label of the setting experts</extracomment>
        <translation>专家数</translation>
    </message>
    <message>
        <source>Null experts</source>
        <extracomment>label of the setting null_experts</extracomment>
        <translation>空专家数</translation>
    </message>
    <message>
        <source>Rank</source>
        <extracomment>label of the setting rank</extracomment>
        <translation>秩</translation>
    </message>
    <message>
        <source>Top k</source>
        <extracomment>label of the setting top_k</extracomment>
        <translation>Top-k</translation>
    </message>
    <message>
        <source>Modules</source>
        <extracomment>label of the setting modules</extracomment>
        <translation>模块</translation>
    </message>
    <message>
        <source>Alpha</source>
        <extracomment>label of the setting alpha</extracomment>
        <translation>Alpha</translation>
    </message>
    <message>
        <source>Budget</source>
        <extracomment>label of the setting budget</extracomment>
        <translation>预算</translation>
    </message>
    <message>
        <source>Fill</source>
        <extracomment>label of the setting fill</extracomment>
        <translation>余量</translation>
    </message>
    <message>
        <source>Total</source>
        <extracomment>label of the setting total</extracomment>
        <translation>总数</translation>
    </message>
    <message>
        <source>Beta</source>
        <extracomment>label of the setting beta</extracomment>
        <translation>Beta</translation>
    </message>
    <message>
        <source>Signal</source>
        <extracomment>label of the setting signal</extracomment>
        <translation>信号</translation>
    </message>
    <message>
        <source>Values</source>
        <extracomment>label of the setting values</extracomment>
        <translation>数值</translation>
    </message>
    <message>
        <source>Rounding</source>
        <extracomment>label of the setting rounding</extracomment>
        <translation>取整</translation>
    </message>
    <message>
        <source>Minimum</source>
        <extracomment>label of the setting minimum</extracomment>
        <translation>最小值</translation>
    </message>
    <message>
        <source>Maximum</source>
        <extracomment>label of the setting maximum</extracomment>
        <translation>最大值</translation>
    </message>
    <message>
        <source>Experts min</source>
        <extracomment>label of the setting experts_min</extracomment>
        <translation>专家数下限</translation>
    </message>
    <message>
        <source>Experts max</source>
        <extracomment>label of the setting experts_max</extracomment>
        <translation>专家数上限</translation>
    </message>
    <message>
        <source>Rank min</source>
        <extracomment>label of the setting rank_min</extracomment>
        <translation>秩下限</translation>
    </message>
    <message>
        <source>Rank max</source>
        <extracomment>label of the setting rank_max</extracomment>
        <translation>秩上限</translation>
    </message>
    <message>
        <source>Diversity</source>
        <extracomment>label of the setting diversity</extracomment>
        <translation>多样性</translation>
    </message>
    <message>
        <source>Spectrum</source>
        <extracomment>label of the setting spectrum</extracomment>
        <translation>谱</translation>
    </message>
    <message>
        <source>Spectrum power</source>
        <extracomment>label of the setting spectrum_power</extracomment>
        <translation>谱的指数</translation>
    </message>
    <message>
        <source>Weight</source>
        <extracomment>label of the setting weight</extracomment>
        <translation>权重</translation>
    </message>
    <message>
        <source>Weight power</source>
        <extracomment>label of the setting weight_power</extracomment>
        <translation>权重的指数</translation>
    </message>
    <message>
        <source>Diversity signal</source>
        <extracomment>label of the setting diversity_signal</extracomment>
        <translation>多样性信号</translation>
    </message>
    <message>
        <source>Tau min</source>
        <extracomment>label of the setting tau_min</extracomment>
        <translation>Tau 下限</translation>
    </message>
    <message>
        <source>Tau max</source>
        <extracomment>label of the setting tau_max</extracomment>
        <translation>Tau 上限</translation>
    </message>
    <message>
        <source>Cells</source>
        <extracomment>label of the setting cells</extracomment>
        <translation>单元数</translation>
    </message>
    <message>
        <source>Rho</source>
        <extracomment>label of the setting rho</extracomment>
        <translation>Rho</translation>
    </message>
    <message>
        <source>Phi</source>
        <extracomment>label of the setting phi</extracomment>
        <translation>Phi</translation>
    </message>
    <message>
        <source>Share</source>
        <extracomment>label of the setting share</extracomment>
        <translation>份额</translation>
    </message>
    <message>
        <source>Temperature</source>
        <extracomment>label of the setting temperature</extracomment>
        <translation>温度</translation>
    </message>
    <message>
        <source>Search</source>
        <extracomment>label of the setting search</extracomment>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Ranks</source>
        <extracomment>label of the setting ranks</extracomment>
        <translation>秩</translation>
    </message>
    <message>
        <source>Granularity</source>
        <extracomment>label of the setting granularity</extracomment>
        <translation>粒度</translation>
    </message>
    <message>
        <source>Groups</source>
        <extracomment>label of the setting groups</extracomment>
        <translation>组数</translation>
    </message>
    <message>
        <source>Experts signal</source>
        <extracomment>label of the setting experts_signal</extracomment>
        <translation>专家数信号</translation>
    </message>
    <message>
        <source>Ranks signal</source>
        <extracomment>label of the setting ranks_signal</extracomment>
        <translation>秩信号</translation>
    </message>
    <message>
        <source>Per</source>
        <extracomment>label of the setting per</extracomment>
        <translation>按</translation>
    </message>
    <message>
        <source>Power</source>
        <extracomment>label of the setting power</extracomment>
        <translation>指数</translation>
    </message>
    <message>
        <source>Direction</source>
        <extracomment>label of the setting direction</extracomment>
        <translation>方向</translation>
    </message>
    <message>
        <source>Ranks min</source>
        <extracomment>label of the setting ranks_min</extracomment>
        <translation>秩下限</translation>
    </message>
    <message>
        <source>Ranks max</source>
        <extracomment>label of the setting ranks_max</extracomment>
        <translation>秩上限</translation>
    </message>
    <message>
        <source>Orientation</source>
        <extracomment>label of the setting orientation</extracomment>
        <translation>取向</translation>
    </message>
    <message>
        <source>Keep</source>
        <extracomment>label of the setting keep</extracomment>
        <translation>保留</translation>
    </message>
    <message>
        <source>Pool</source>
        <extracomment>label of the setting pool</extracomment>
        <translation>汇集</translation>
    </message>
    <message>
        <source>Experts per task</source>
        <extracomment>label of the setting experts_per_task</extracomment>
        <translation>每个任务的专家数</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <extracomment>metric accuracy</extracomment>
        <translation>准确率</translation>
    </message>
    <message>
        <source>Share of the rows whose answer was the right one.</source>
        <extracomment>metric accuracy</extracomment>
        <translation>答案正确的行所占的份额。</translation>
    </message>
    <message>
        <source>Loss</source>
        <extracomment>metric loss</extracomment>
        <translation>损失</translation>
    </message>
    <message>
        <source>Mean negative log-likelihood of the answers' tokens, in nats a token.</source>
        <extracomment>metric loss</extracomment>
        <translation>答案词元的平均负对数似然，以每词元奈特计。</translation>
    </message>
    <message>
        <source>Perplexity</source>
        <extracomment>metric perplexity</extracomment>
        <translation>困惑度</translation>
    </message>
    <message>
        <source>The exponential of the loss.</source>
        <extracomment>metric perplexity</extracomment>
        <translation>损失的指数。</translation>
    </message>
    <message>
        <source>Accuracy by length</source>
        <extracomment>metric accuracy_normalised</extracomment>
        <translation>按长度归一的准确率</translation>
    </message>
    <message>
        <source>Share of the rows whose right answer was the likeliest for its number of characters.</source>
        <extracomment>metric accuracy_normalised</extracomment>
        <translation>正确答案按字符数归一化后概率最高的行所占比例。</translation>
    </message>
    <message>
        <source>Exact match</source>
        <extracomment>metric exact_match</extracomment>
        <translation>完全匹配</translation>
    </message>
    <message>
        <source>Share of the rows whose generated text has the wanted one&apos;s words, without case, signs and articles.</source>
        <extracomment>metric exact_match</extracomment>
        <translation>生成文本与期望文本用词一致（忽略大小写、标点和冠词）的行所占比例。</translation>
    </message>
    <message>
        <source>F1</source>
        <extracomment>metric f1</extracomment>
        <translation>F1 值</translation>
    </message>
    <message>
        <source>Harmonic mean of precision and recall of the positive label, the second of a task&apos;s two.</source>
        <extracomment>metric f1</extracomment>
        <translation>正类标签（任务两个标签中的第二个）的精确率与召回率的调和平均。</translation>
    </message>
    <message>
        <source>F1, mean over labels</source>
        <extracomment>metric f1_macro</extracomment>
        <translation>F1（宏平均）</translation>
    </message>
    <message>
        <source>Mean over the labels of the harmonic mean of precision and recall.</source>
        <extracomment>metric f1_macro</extracomment>
        <translation>各标签精确率与召回率调和平均的平均值。</translation>
    </message>
    <message>
        <source>Matthews&apos; correlation</source>
        <extracomment>metric matthews</extracomment>
        <translation>马修斯相关系数</translation>
    </message>
    <message>
        <source>Correlation of the given with the right labels: 1 all right, 0 as by chance, -1 all wrong.</source>
        <extracomment>metric matthews</extracomment>
        <translation>给出的标签与正确标签的相关性：1 全对，0 如同随机，-1 全错。</translation>
    </message>
    <message>
        <source>Number behind ####</source>
        <extracomment>metric number_match</extracomment>
        <translation>数字匹配</translation>
    </message>
    <message>
        <source>Share of the rows whose generated text has the wanted number behind &quot;####&quot;.</source>
        <extracomment>metric number_match</extracomment>
        <translation>生成文本中“####”之后为期望数字的行所占比例。</translation>
    </message>
    <message>
        <source>Preference loss</source>
        <extracomment>metric preference_loss</extracomment>
        <translation>偏好损失</translation>
    </message>
    <message>
        <source>The mean of the objective over pairs or judged answers.</source>
        <extracomment>metric preference_loss</extracomment>
        <translation>目标函数在成对或已评判答案上的平均值。</translation>
    </message>
    <message>
        <source>Reward accuracy</source>
        <extracomment>metric reward_accuracy</extracomment>
        <translation>奖励准确率</translation>
    </message>
    <message>
        <source>Share of the pairs whose chosen answer has the higher reward.</source>
        <extracomment>metric reward_accuracy</extracomment>
        <translation>首选答案奖励更高的答案对所占比例。</translation>
    </message>
    <message>
        <source>Reward margin</source>
        <extracomment>metric reward_margin</extracomment>
        <translation>奖励差距</translation>
    </message>
    <message>
        <source>How much higher the reward of chosen or good answers is, in the mean.</source>
        <extracomment>metric reward_margin</extracomment>
        <translation>首选或优质答案的奖励平均高出多少。</translation>
    </message>
    <message>
        <source>ROUGE-L</source>
        <extracomment>metric rouge_l</extracomment>
        <translation>ROUGE-L 值</translation>
    </message>
    <message>
        <source>F-measure of the longest common subsequence of words.</source>
        <extracomment>metric rouge_l</extracomment>
        <translation>最长公共词子序列的 F 值。</translation>
    </message>
    <message>
        <source>Token F1</source>
        <extracomment>metric token_f1</extracomment>
        <translation>词元 F1</translation>
    </message>
    <message>
        <source>Harmonic mean of precision and recall of the words, without case, signs and articles.</source>
        <extracomment>metric token_f1</extracomment>
        <translation>词的精确率与召回率的调和平均（忽略大小写、标点和冠词）。</translation>
    </message>
    <message>
        <source>A prompt with a chosen and a rejected answer, for DPO and its kin.</source>
        <extracomment>template preference</extracomment>
        <translation>一个提示以及首选和被拒绝的答案，用于 DPO 等方法。</translation>
    </message>
    <message>
        <source>A prompt, an answer, and whether somebody called it good, for KTO.</source>
        <extracomment>template judged</extracomment>
        <translation>一个提示、一个答案以及是否被评为好，用于 KTO。</translation>
    </message>
    <message>
        <source>Pairs of a chosen and a rejected answer (UltraFeedback) in the model&apos;s own chat template, for DPO and its kin.</source>
        <extracomment>template preference-chat</extracomment>
        <translation>首选与被拒绝答案的配对（UltraFeedback），采用模型自带的对话模板，用于 DPO 等方法。</translation>
    </message>
    <message>
        <source>Answers that somebody called good or bad, in the model&apos;s own chat template, for KTO.</source>
        <extracomment>template judged-chat</extracomment>
        <translation>被评为好或坏的答案，采用模型自带的对话模板，用于 KTO。</translation>
    </message>
    <message>
        <source>Pairs of a chosen and a rejected answer (UltraFeedback) in ChatML turns, for models without a chat template, for DPO and its kin.</source>
        <extracomment>template preference-chatml</extracomment>
        <translation>首选与被拒绝答案的配对（UltraFeedback），采用 ChatML 轮次，适用于没有对话模板的模型，用于 DPO 等方法。</translation>
    </message>
    <message>
        <source>Answers that somebody called good or bad, in ChatML turns, for models without a chat template, for KTO.</source>
        <extracomment>template judged-chatml</extracomment>
        <translation>被评为好或坏的答案，采用 ChatML 轮次，适用于没有对话模板的模型，用于 KTO。</translation>
    </message>
    <message>
        <source>The text part of a model of images and text; its other parts are not read.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>图文模型的文本部分；其余部分不读取。</translation>
    </message>
    <message>
        <source>Embeddings are multiplied by the square root of the width.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>嵌入乘以宽度的平方根。</translation>
    </message>
    <message>
        <source>Embeddings are multiplied by %1.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>嵌入乘以 %1。</translation>
    </message>
    <message>
        <source>Positions are learned vectors, added to the embeddings.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>位置是学习得到的向量，加到嵌入上。</translation>
    </message>
    <message>
        <source>LayerNorm instead of RMSNorm.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>用 LayerNorm 而不是 RMSNorm。</translation>
    </message>
    <message>
        <source>LayerNorm without bias instead of RMSNorm.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>用无偏置的 LayerNorm 而不是 RMSNorm。</translation>
    </message>
    <message>
        <source>Norms multiply by 1 + weight.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>归一化乘以 1 + 权重。</translation>
    </message>
    <message>
        <source>Norms stand before and behind attention and MLP.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>注意力和 MLP 的前后都有归一化。</translation>
    </message>
    <message>
        <source>Norms stand behind attention and MLP, none before them.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>归一化只在注意力和 MLP 之后。</translation>
    </message>
    <message>
        <source>Attention and MLP read the same input, side by side.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>注意力和 MLP 并行读取同一输入。</translation>
    </message>
    <message>
        <source>q, k and v are one weight, %1: an adapter adapts them together.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>q、k、v 是一个权重 %1：适配器一起调整它们。</translation>
    </message>
    <message>
        <source>q, k and v have biases.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>q、k、v 有偏置。</translation>
    </message>
    <message>
        <source>Queries and keys are normed, each head by itself.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>查询和键按每个头归一化。</translation>
    </message>
    <message>
        <source>Queries and keys are normed over all heads together.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>查询和键在所有头上一起归一化。</translation>
    </message>
    <message>
        <source>Queries, keys and values are held within ±%1.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>查询、键和值保持在 ±%1 以内。</translation>
    </message>
    <message>
        <source>They are normed behind RoPE.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>它们在 RoPE 之后归一化。</translation>
    </message>
    <message>
        <source>RoPE turns the first %1 of a head&apos;s %2 values.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>RoPE 旋转每个头 %2 个值中的前 %1 个。</translation>
    </message>
    <message>
        <source>RoPE turns neighbouring values, not the two halves of a head.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>RoPE 旋转相邻的值，而不是头的两半。</translation>
    </message>
    <message>
        <source>No layer turns its queries and keys: attention does not know positions.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>没有层旋转查询和键：注意力不知道位置。</translation>
    </message>
    <message>
        <source>%1 of %2 layers do not turn queries and keys (no RoPE): %3.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>%2 层中有 %1 层不旋转查询和键（无 RoPE）：%3。</translation>
    </message>
    <message>
        <source>Layers with a window turn with a theta of %1, the others with %2.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>有窗口的层以 theta %1 旋转，其他层以 %2 旋转。</translation>
    </message>
    <message>
        <source>Positions are divided by %1 (linear scaling).</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>位置除以 %1（线性缩放）。</translation>
    </message>
    <message>
        <source>RoPE&apos;s theta grows with the length beyond %1 positions (dynamic NTK, factor %2).</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>超过 %1 个位置后 RoPE 的 theta 随长度增长（动态 NTK，因子 %2）。</translation>
    </message>
    <message>
        <source>RoPE is stretched %1 times beyond %2 positions (yarn).</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>超过 %2 个位置后 RoPE 拉伸 %1 倍（yarn）。</translation>
    </message>
    <message>
        <source>RoPE&apos;s low frequencies are divided by %1, from %2 positions on (llama 3).</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>从 %2 个位置起，RoPE 的低频除以 %1（llama 3）。</translation>
    </message>
    <message>
        <source>RoPE&apos;s frequencies are divided by factors of their own, others beyond %1 positions (longrope).</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>RoPE 的每个频率除以各自的因子，超过 %1 个位置后用另一组（longrope）。</translation>
    </message>
    <message>
        <source>RoPE&apos;s frequencies are divided by factors that the file holds.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>RoPE 的频率除以文件中给出的因子。</translation>
    </message>
    <message>
        <source>Queries grow with the logarithm of the position beyond %1 positions.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>超过 %1 个位置后查询随位置的对数增大。</translation>
    </message>
    <message>
        <source>Every layer sees the last %1 tokens alone.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>每一层只看到最后 %1 个词元。</translation>
    </message>
    <message>
        <source>%1 of %2 layers see the last %3 tokens alone: %4.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>%2 层中有 %1 层只看到最后 %3 个词元：%4。</translation>
    </message>
    <message>
        <source>Attention multiplies q·k by %1 instead of %2.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>注意力将 q·k 乘以 %1 而不是 %2。</translation>
    </message>
    <message>
        <source>Attention scores are held within ±%1 by tanh.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>注意力分数由 tanh 限制在 ±%1 内。</translation>
    </message>
    <message>
        <source>Each head has a learned score that takes attention from all tokens (a sink).</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>每个头有一个学习得到的分数，从所有词元那里分走注意力（sink）。</translation>
    </message>
    <message>
        <source>The output of attention has a bias.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>注意力的输出有偏置。</translation>
    </message>
    <message>
        <source>gate and up are one weight, %1: an adapter adapts them together.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>gate 和 up 是一个权重 %1：适配器一起调整它们。</translation>
    </message>
    <message>
        <source>The MLP is a mixture of %1 experts of width %2; a token passes %3 of them. They stay frozen; each may get a LoRA of its own.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>MLP 是 %1 个宽度为 %2 的专家的混合；每个词元经过其中 %3 个。它们保持冻结；每个都可以有自己的 LoRA。</translation>
    </message>
    <message>
        <source>The MLP is a mixture of %1 experts of width %2, which stay frozen; a token passes %3 of them. Every token also passes one of width %4, which takes adapters as the attention does.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>MLP 是 %1 个宽度为 %2 的专家的混合，这些专家保持冻结；每个词元经过其中 %3 个。每个词元还经过一个宽度为 %4 的专家，它和注意力一样带适配器。</translation>
    </message>
    <message>
        <source>Beside its MLP a layer has %1 experts of width %2 with norms of their own; a token passes %3 of them. They stay frozen; each may get a LoRA of its own.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>除 MLP 外，每层还有 %1 个宽度为 %2 的专家，带有各自的归一化；每个词元经过其中 %3 个。它们保持冻结；每个专家都可以有自己的 LoRA。</translation>
    </message>
    <message>
        <source>The router reads the normed and scaled residual stream, and a stored number multiplies the weight of each expert.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>路由器读取经过归一化和缩放的残差流，每个专家的权重再乘以一个存储的数。</translation>
    </message>
    <message>
        <source>What the expert of every token gives is weighted by a sigmoid of the token.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>所有词元共用的专家的输出按该词元的 sigmoid 加权。</translation>
    </message>
    <message>
        <source>%1 of %2 layers have one MLP of width %3 instead of experts: %4.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>%2 层中有 %1 层用一个宽度为 %3 的 MLP 代替专家：%4。</translation>
    </message>
    <message>
        <source>The weights of a token&apos;s experts sum to one.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>一个词元的各专家权重之和为一。</translation>
    </message>
    <message>
        <source>The weights of a token&apos;s experts are shares of all experts&apos; and sum to less than one.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>一个词元的各专家权重是全部专家权重的份额，其和小于一。</translation>
    </message>
    <message>
        <source>The experts&apos; gate is x·sigmoid(%1·x), its product is with up + 1, and both are held within %2.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>专家的门控是 x·sigmoid(%1·x)，与 up + 1 相乘，两者都限制在 %2 以内。</translation>
    </message>
    <message>
        <source>Router and experts have biases.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>路由器和专家有偏置。</translation>
    </message>
    <message>
        <source>The MLP has no gate.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>MLP 没有门控。</translation>
    </message>
    <message>
        <source>The MLP&apos;s activation is GELU (by tanh).</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>MLP 的激活函数是 GELU（tanh 近似）。</translation>
    </message>
    <message>
        <source>The MLP&apos;s activation is GELU (exact).</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>MLP 的激活函数是 GELU（精确）。</translation>
    </message>
    <message>
        <source>The MLP&apos;s activation is ReLU squared.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>MLP 的激活函数是 ReLU 的平方。</translation>
    </message>
    <message>
        <source>The MLP&apos;s activation is xIELU, with two learned numbers a layer.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>MLP 的激活函数是 xIELU，每层有两个学习得到的数。</translation>
    </message>
    <message>
        <source>The MLP has biases.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>MLP 有偏置。</translation>
    </message>
    <message>
        <source>What attention and MLP add is multiplied by %1.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>注意力和 MLP 加上的部分乘以 %1。</translation>
    </message>
    <message>
        <source>The output head is the embedding.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>输出头就是嵌入。</translation>
    </message>
    <message>
        <source>%1 of %2 layers have a gated delta net (linear attention) in attention&apos;s place: %3.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>%2 层中有 %1 层以门控增量网络（线性注意力）代替注意力：%3。</translation>
    </message>
    <message>
        <source>A gated delta net keeps %1 matrices of %2 × %3 values, whatever the length of the text, and what its convolution sees of the last %4 tokens.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>无论文本多长，门控增量网络只保留 %1 个 %2 × %3 的矩阵，以及其卷积所见的最近 %4 个词元。</translation>
    </message>
    <message>
        <source>What attention gives is multiplied by the sigmoid of a gate, the second half of each head in q_proj.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>注意力的输出乘以一个门的 sigmoid，该门是 q_proj 中每个头的后一半。</translation>
    </message>
    <message>
        <source>The output head has a bias.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>输出头有偏置。</translation>
    </message>
    <message>
        <source>Logits are multiplied by %1.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>logits 乘以 %1。</translation>
    </message>
    <message>
        <source>Logits are held within ±%1 by tanh.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>logits 由 tanh 限制在 ±%1 内。</translation>
    </message>
    <message>
        <source>Values are normed too, without a weight.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>值也被归一化，但没有权重。</translation>
    </message>
    <message>
        <source>%1 of %2 layers have heads of %3 values, %4 of them for keys and values: %5.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>%2 层中有 %1 层的头为 %3 个值，其中 %4 个头用于键和值：%5。</translation>
    </message>
    <message>
        <source>In %1 of %2 layers the keys are the values too, so there is no v_proj: %3.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>%2 层中有 %1 层的键同时也是值，因此没有 v_proj：%3。</translation>
    </message>
    <message>
        <source>%1 of %2 layers attend to the keys and values of an earlier layer and have no k_proj and v_proj: %3.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>%2 层中有 %1 层关注前面某一层的键和值，没有 k_proj 和 v_proj：%3。</translation>
    </message>
    <message>
        <source>RoPE turns the first %1 of a head&apos;s %2 pairs, by the frequencies of the whole head.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>RoPE 按整个头的频率旋转一个头 %2 对值中的前 %1 对。</translation>
    </message>
    <message>
        <source>%1 of %2 layers have an MLP of width %3: %4.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>%2 层中有 %1 层的 MLP 宽度为 %3：%4。</translation>
    </message>
    <message>
        <source>Each layer takes %1 values of a second embedding of its token in, through a gate that stays frozen.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>每一层通过一个保持冻结的门，接收其词元第二个嵌入中的 %1 个值。</translation>
    </message>
    <message>
        <source>What a layer gives is multiplied by a number of its own.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>一层的输出会乘以该层自己的一个数。</translation>
    </message>
    <message>
        <source>This scaling is not that of the layers with a window.</source>
        <extracomment>what sets a model apart</extracomment>
        <translation>有窗口的层没有这种缩放。</translation>
    </message>
</context>
<context>
    <name>QPlatformTheme</name>
    <!-- Buttons that Qt writes, for systems without its own translations. -->
    <message>
        <source>OK</source>
        <translation>确定</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Save All</source>
        <translation>全部保存</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>&amp;Yes</source>
        <translation>是(&amp;Y)</translation>
    </message>
    <message>
        <source>Yes to &amp;All</source>
        <translation>全部选是(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;No</source>
        <translation>否(&amp;N)</translation>
    </message>
    <message>
        <source>N&amp;o to All</source>
        <translation>全部选否(&amp;O)</translation>
    </message>
    <message>
        <source>Abort</source>
        <translation>中止</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Ignore</source>
        <translation>忽略</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>应用</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>重置</translation>
    </message>
    <message>
        <source>Restore Defaults</source>
        <translation>恢复默认值</translation>
    </message>
</context>
</TS>
