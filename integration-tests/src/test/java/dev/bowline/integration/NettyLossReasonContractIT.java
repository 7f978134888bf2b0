package dev.bowline.integration;

class NettyLossReasonContractIT extends LossReasonContract implements OnNetty {}
